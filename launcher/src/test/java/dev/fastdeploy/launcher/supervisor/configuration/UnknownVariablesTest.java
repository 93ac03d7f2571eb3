package dev.fastdeploy.launcher.supervisor.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownVariablesTest {

  @ParameterizedTest
  @CsvSource({
    "FASTDEPLOY_READY_TIMOUT,FASTDEPLOY_READY_TIMEOUT",
    "FASTDEPLOY_SAOK,FASTDEPLOY_SOAK",
    "FASTDEPLOY_HOMES,FASTDEPLOY_HOME",
    "FASTDEPLOY_CONTROL_LISTENS,FASTDEPLOY_CONTROL_LISTEN",
    "FASTDEPLOY_CHILD_JAVA_TOOL_OPTION,FASTDEPLOY_CHILD_JAVA_TOOL_OPTIONS",
  })
  void aMisspeltOneIsToldWithWhatWasMeant(String name, String meant) {
    assertThat(UnknownVariables.warning(List.of("PATH", name)))
        .contains(
            "the variable "
                + name
                + " ("
                + meant
                + "?) is not a setting and changes nothing; see docs/configuration.md");
  }

  @Test
  void whatIsNearNothingIsToldAlone() {
    assertThat(UnknownVariables.warning(List.of("FASTDEPLOY_Z", "FASTDEPLOY_COLOUR_OF_SKY")))
        .contains(
            "the variables FASTDEPLOY_COLOUR_OF_SKY, FASTDEPLOY_Z are not settings and change"
                + " nothing; see docs/configuration.md");
  }

  @Test
  void manyAreCounted() {
    List<String> names = IntStream.range(0, 9).mapToObj(n -> "FASTDEPLOY_MINE_" + n).toList();

    assertThat(UnknownVariables.warning(names).orElseThrow())
        .contains("FASTDEPLOY_MINE_4 and 4 more are not settings")
        .doesNotContain("FASTDEPLOY_MINE_5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FASTDEPLOY_CHANNEL",
        "FASTDEPLOY_ATTEMPT",
        "FASTDEPLOY_MARK",
        "FASTDEPLOY_JAR",
        "FASTDEPLOY_ECS_TASK_ARN",
        "FASTDEPLOY_CHILD_LC_ALL",
        "FASTDEPLOY_CHILD__JAVA_OPTIONS",
        "FASTDEPLOY_SERVICE_HOST",
        "FASTDEPLOY_SERVICE_PORT_HTTP",
        "FASTDEPLOY_PORT",
        "FASTDEPLOY_DEMO_PORT_8080_TCP_ADDR",
        "MY_FASTDEPLOY_THING",
        "fastdeploy_x",
      })
  void whatIsSetByOthersIsNotTold(String name) {
    assertThat(UnknownVariables.warning(List.of(name))).isEmpty();
  }

  @Test
  void everySettingIsKnown() {
    assertThat(
            UnknownVariables.warning(
                Arrays.stream(Setting.values()).map(Setting::variable).toList()))
        .isEmpty();
  }
}
