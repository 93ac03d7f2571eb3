package dev.fastdeploy.launcher.supervisor.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployPreconditionsTest {

  @TempDir Path folder;

  @Test
  void eachThingThatIsMissingIsOneLine() {
    assertThat(missing())
        .satisfiesExactly(
            line -> assertThat(line).contains("deploys will be refused", "--ready-after"),
            line -> assertThat(line).contains("deploys will be refused", "--store"));
    assertThat(missing("--ready", "tcp:80", "--store", "s3://bucket"))
        .singleElement()
        .asString()
        .contains("deploys will be refused", "--app");
  }

  @Test
  void aStoreThatIsNotThereIsNamed() {
    assertThat(missing("--ready", "tcp:80", "--app", "a", "--store", folder + "/none"))
        .singleElement()
        .asString()
        .contains("'" + folder + "/none' is not a directory; create or mount it");
  }

  @Test
  void aStoreIsReadAsTheStoreItselfReadsIt() {
    assertThat(missing("--ready", "tcp:80", "--app", "a", "--store", "file:" + folder)).isEmpty();
    assertThat(missing("--ready", "tcp:80", "--app", "a", "--store", folder.toUri().toString()))
        .isEmpty();
    assertThat(missing("--ready", "tcp:80", "--app", "a", "--store", "src/test")).isEmpty();
    assertThat(missing("--ready", "tcp:80", "--app", "a", "--store", "file:" + folder + "/none"))
        .singleElement()
        .asString()
        .contains("is not a directory");
    for (String none : List.of("ftp://host/dir", "file:dir", "~/dir")) {
      assertThat(missing("--ready", "tcp:80", "--app", "a", "--store", none))
          .singleElement()
          .asString()
          .startsWith("deploys will fail: --store '" + none + "' ");
    }
  }

  @Test
  void nothingIsSaidWhereADeployHasAllThatItNeeds() {
    assertThat(missing("--ready-after", "1s", "--app", "a", "--store", folder.toString()))
        .isEmpty();
    assertThat(missing("--ready-after", "1s", "--app", "a", "--store", "s3://bucket/p")).isEmpty();
  }

  @Test
  void nothingIsSaidOfAServiceThatNobodyDeploysTo() {
    assertThat(DeployPreconditions.missing(options(), false)).isEmpty();
  }

  private List<String> missing(String... more) {
    return DeployPreconditions.missing(options(more), true);
  }

  private RunOptions options(String... more) {
    List<String> words =
        new ArrayList<>(List.of("--home", "h", "--release", folder.toString(), "--commit", "c1"));
    words.addAll(List.of(more));
    words.addAll(List.of("--", "java"));
    return RunOptions.parse(words, new Properties(), Map.of());
  }
}
