package dev.fastdeploy.agent.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.agent.deploy.ExpectedRelease;
import dev.fastdeploy.agent.deploy.Stager;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shell stands in for the JVM: its words alone decide. */
@Timeout(60)
class StagingProcessTest {

  private static final StagingRequest REQUEST =
      new StagingRequest(new Commit("c1"), ExpectedRelease.ANY, new Properties());

  @TempDir Path folder;
  private Home home;
  private final Heard heard = new Heard();

  /** What the deploy hears, and when it ends. */
  private static final class Heard implements Stager.Progress {

    private final List<String> bytes = new ArrayList<>();
    private Path endsWith = Path.of("/nowhere");

    @Override
    public void bytes(long done, long total) {
      bytes.add(done + " of " + total);
    }

    @Override
    public void requireGoOn() throws IOException {
      if (Files.exists(endsWith)) {
        throw new IOException("cancelled by a test");
      }
    }
  }

  @BeforeEach
  void createHome() throws IOException {
    home = new Home(folder.resolve("home"));
    home.create();
  }

  /** Answers with {@code says}, which marks a line as the process does. */
  private void stage(String script) throws IOException {
    String says = "says() { echo \"fastdeploy-stage-apart: $*\"; }; ";
    StagingProcess.stage(List.of("/bin/sh", "-c", says + script), REQUEST, home, heard);
  }

  private List<String> inReleases() throws IOException {
    try (Stream<Path> entries = Files.list(home.root().resolve("releases"))) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  /** Lays out a directory as a home does for a process. */
  private String laidOut() {
    return "mkdir -p '"
        + home.root()
        + "/releases/.staging-'$$-$(readlink /proc/self/ns/pid | tr -dc 0-9)-1/release;";
  }

  @Test
  void bytesAreToldAndAnAnswerIsTheEnd() throws IOException {
    stage("says bytes 0 200; says bytes many more; says bytes 200 200; says staged");

    assertThat(heard.bytes).containsExactly("0 of 200", "200 of 200");
  }

  @Test
  void itsInputEndsWithItsAnswer() throws IOException {
    stage("says staged; cat > /dev/null");
  }

  @Test
  void whatFailedIsTheReason() {
    assertThatThrownBy(() -> stage("says failed the commit was never published"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the commit was never published");
  }

  @Test
  void withoutAnAnswerSomebodyElseMustStage() {
    assertThatThrownBy(() -> stage("echo Error: no memory; exit 3"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessage("the JVM that stages ended with 3: Error: no memory");
    assertThatThrownBy(() -> stage("echo failed to load; echo staged; exit 4"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessage("the JVM that stages ended with 4: staged");
    assertThatThrownBy(() -> stage("says staged; exit 5"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessage("the JVM that stages ended with 5");
    assertThatThrownBy(() -> stage("kill -9 $$"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessage("the JVM that stages ended with 137");
    assertThatThrownBy(
            () ->
                StagingProcess.stage(
                    List.of(folder.resolve("missing").toString()), REQUEST, home, heard))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageStartingWith("the JVM that stages does not start: ");
  }

  @Test
  void itIsToldByTheEndOfItsInputThatNobodyWaits() throws IOException {
    heard.endsWith = folder.resolve("cancelled");

    assertThatThrownBy(
            () ->
                stage(
                    laidOut()
                        + " touch '"
                        + heard.endsWith
                        + "'; cat > /dev/null; touch '"
                        + folder.resolve("ended")
                        + "'"))
        .hasMessage("cancelled by a test");

    assertThat(folder.resolve("ended")).exists();
    assertThat(inReleases()).isEmpty();
  }

  @Test
  void whatDoesNotListenIsKilled() throws IOException {
    heard.endsWith = folder.resolve("cancelled");
    Path survived = folder.resolve("survived");

    assertThatThrownBy(
            () -> stage("touch '" + heard.endsWith + "'; sleep 30; touch '" + survived + "'"))
        .hasMessage("cancelled by a test");

    assertThat(survived).doesNotExist();
  }

  @Test
  void anInterruptEndsItAtOnce() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> stage("sleep 30; says staged")).hasMessage("the staging was stopped");

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatItLeavesIsRemovedAndNothingElse() throws IOException {
    Path others = home.newStagingDirectory();

    assertThatThrownBy(() -> stage(laidOut() + " kill -9 $$"))
        .isInstanceOf(NoAnswerException.class);

    assertThat(inReleases()).containsExactly(others.getFileName().toString());
  }
}
