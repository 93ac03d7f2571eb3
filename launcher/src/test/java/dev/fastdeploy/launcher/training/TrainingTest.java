package dev.fastdeploy.launcher.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "./run.sh", "sh -c java", "javac Main"})
  void refusesWhatIsNotJava(String command) {
    assertThatThrownBy(() -> training(command))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not begin with java");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java -cp {release}/app.jar Main",
        "/opt/jdk/bin/java -jar {release}/app.jar",
        "java --class-path={release}/lib/* Main",
        "java -cp app.jar:/opt/lib/x.jar Main",
        "java -cp app.jar:../x.jar Main",
        "java -Djava.class.path={release}/app.jar Main",
        "java -jar -Xmx1g {release}/app.jar",
      })
  void refusesAClassPathThatNamesTheRelease(String command) {
    assertThatThrownBy(() -> training(command))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("on the class path")
        .hasMessageContaining("write it relative");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java Main", "java @args", "java -version", "java -m app/main"})
  void refusesACommandThatTellsNoClassPath(String command) {
    assertThatThrownBy(() -> training(command))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tells no class path");
  }

  @Test
  void theReleaseMayBeNamedByTheApplicationsOwnWords() {
    Training unused = training("java -Dhome={release} -cp app.jar Main --conf={release}/conf");
  }

  @Test
  void refusesAJavaThatTellsNoVersion() throws Exception {
    Files.createDirectory(folder.resolve("build"));
    assertThatThrownBy(
            () ->
                training(folder + "/nowhere/java -cp app.jar Main")
                    .train(
                        folder.resolve("build"),
                        new Commit("c"),
                        Files.createDirectory(folder.resolve("work"))))
        .hasMessageContaining("is not the java of a JDK");
  }

  private Training training(String command) {
    return new Training(
        folder.resolve("fastdeploy.jar"),
        CommandWords.split(command),
        List.of(),
        new TrainingRequests.Pause(Duration.ofSeconds(1)),
        Duration.ofMinutes(1));
  }
}
