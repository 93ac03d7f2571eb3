package dev.fastdeploy.launcher.supervisor.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InjectedOptionsTest {

  @Test
  void whatWasKeptForTheServiceWinsOverWhatHitTheLauncher() {
    assertThat(
            InjectedOptions.forTheService(
                Map.of(
                    "JAVA_TOOL_OPTIONS", "-Dlauncher",
                    "FASTDEPLOY_CHILD_JAVA_TOOL_OPTIONS", "-Dservice",
                    "FASTDEPLOY_CHILD__JAVA_OPTIONS", "-Dold",
                    "JDK_JAVA_OPTIONS", "-Dboth",
                    "OTHER", "x")))
        .containsOnly(
            entry("JAVA_TOOL_OPTIONS", "-Dservice"),
            entry("_JAVA_OPTIONS", "-Dold"),
            entry("JDK_JAVA_OPTIONS", "-Dboth"));
  }

  @Test
  void aLauncherThatWasHitSaysSoAndNamesTheRemedy() {
    assertThat(InjectedOptions.warning(Map.of("JAVA_TOOL_OPTIONS", "-Dsecret")))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("JAVA_TOOL_OPTIONS has hit the launcher's own JVM")
                    .contains("fastdeploy-entrypoint.sh", "FASTDEPLOY_CHILD_JAVA_TOOL_OPTIONS")
                    .doesNotContain("secret", "\n"));
  }

  @Test
  void aLauncherThatWasSparedSaysNothing() {
    assertThat(
            InjectedOptions.warning(
                Map.of("FASTDEPLOY_CHILD_JAVA_TOOL_OPTIONS", "-Dx", "JAVA_TOOL_OPTIONS", "")))
        .isEmpty();
  }

  @Test
  void theServiceDoesNotGetItTwice() {
    Map<String, String> environment = new HashMap<>();
    environment.put("FASTDEPLOY_CHILD_JDK_JAVA_OPTIONS", "x");
    environment.put("JDK_JAVA_OPTIONS", "x");

    InjectedOptions.removeKept(environment);

    assertThat(environment).containsOnlyKeys("JDK_JAVA_OPTIONS");
  }
}
