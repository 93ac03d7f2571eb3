package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.health.HealthState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A shell is what asks the record. */
class FollowingTest extends SupervisedShell {

  private static final Commit STABLE = new Commit("stable");

  @Test
  void theStableReleaseStartsOnProbationAndIsProven() throws Exception {
    stage();
    follow("echo says hello; echo stable stable 7");

    assertThat(started(1).commit()).isEqualTo("stable");
    await().atMost(LONG).until(() -> home.state().lastProven().equals(Optional.of(STABLE)));
    assertThat(said)
        .contains("fastdeploy: hello")
        .anyMatch(line -> line.contains("the stable one of the environment 'prod'"));
    assertThat(home.state().lastSequence()).isZero();
  }

  @Test
  void whatIsProvenAlreadyStartsAtOnce() throws Exception {
    follow("echo stable image 7");

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(home.state().outcomes()).isEmpty();
  }

  @Test
  void theContainerStartsItsOwnWhereTheRecordHasNothingElse() throws Exception {
    stage();
    follow("echo own");

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(said).noneMatch(line -> line.contains("follow"));
  }

  @Test
  void aStableReleaseThatDoesNotComeUpIsGivenUpAndNotRefused() throws Exception {
    stage();
    follow("echo stable stable 7", "--ready", "tcp:127.0.0.1:1", "--ready-timeout", "100ms");

    assertThat(started(1).commit()).isEqualTo("stable");
    assertThat(started(2).commit()).isEqualTo("image");
    assertThat(home.state().refused()).isEmpty();
    assertThat(home.state().pending()).isNull();
    assertThat(home.state().outcomes().get(0).reason()).isNotEmpty();
    assertThat(said).anyMatch(line -> line.contains("tries stable again when it starts anew"));
  }

  @Test
  void withoutAnAnswerTheContainerStartsItsOwnAndSaysWhy() throws Exception {
    follow("echo 'unknown the store is down'");

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(said)
        .contains(
            "fastdeploy: the environment 'prod' is not followed: the store is down; the release"
                + " image, the image's, is started");
  }

  @Test
  void anAnswerThatIsNoneIsNone() throws Exception {
    follow("echo stable ../x 7");

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(said).anyMatch(line -> line.contains("'../x 7' is not a release to follow"));
  }

  @Test
  void aReleaseThatIsNotInTheHomeIsNotFollowed() throws Exception {
    follow("echo stable stable 7");

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(said).anyMatch(line -> line.contains("could not be made current"));
  }

  @Test
  void aProcessThatFailsSaysItsLastLine() throws Exception {
    follow("echo 'no memory' >&2; exit 3");

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(said).anyMatch(line -> line.contains("ended with 3: no memory"));
  }

  @Test
  void whatCannotBeStartedIsSaid() throws Exception {
    question = List.of(folder.resolve("no-java").toString());
    superviseFollowing();

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(said)
        .anyMatch(line -> line.contains("cannot be started") && line.contains("no-java"));
  }

  @Test
  void aProcessThatHangsIsKilledInTime() throws Exception {
    grace = Duration.ofSeconds(2);
    Path pid = folder.resolve("pid");
    follow("echo $$ > '" + pid + "'; echo some words; exec sleep 60", "--follow-timeout", "1ms");

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(said).anyMatch(line -> line.contains("the record was not read in 0 s"));
    // On a busy machine it may have been killed before it could say who it is.
    if (Files.exists(pid)) {
      awaitDead(pid);
    }
  }

  @Test
  void oneThatLaysAReleaseOutGetsTheTimeForThat() throws Exception {
    grace = Duration.ofMillis(300);
    toStage = Duration.ofMillis(300);
    follow("echo staging; exec sleep 60", "--follow-timeout", "1h");

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(said).anyMatch(line -> line.contains("the release was not there in 0 s"));
  }

  @Test
  void whereItIsRequiredNothingStartsUntilThereIsAnAnswer() throws Exception {
    stage();
    Path asked = folder.resolve("asked");
    question =
        shell(
            "echo x >> '"
                + asked
                + "'; [ $(wc -l < '"
                + asked
                + "') -lt 3 ] && echo unknown down || echo stable stable 7");
    superviseFollowing("--follow", "require", "--env", "prod");

    assertThat(started(1).commit()).isEqualTo("stable");
    assertThat(Files.readAllLines(asked)).hasSize(3);
    assertThat(said)
        .filteredOn(line -> line.contains("nothing is started until it can be"))
        .hasSize(2);
  }

  @Test
  void aStopEndsTheContainerAtOnceAndTheProcessWithIt() throws Exception {
    Path pid = folder.resolve("pid");
    follow(
        "echo $$ > '" + pid + "'; trap '' TERM; while :; do sleep 1; done",
        "--health",
        "127.0.0.1:7401");
    await().atMost(LONG).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    assertThat(board.get().state()).isEqualTo(HealthState.STARTING);

    events.add(new SupervisorEvent.SignalReceived("TERM"));

    assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(Files.readAllLines(starts)).isEmpty();
    awaitDead(pid);
  }

  @Test
  void theImagesReleaseStartsWhereAPersonSaidSo() throws Exception {
    home.publish(home.newStagingDirectory(), STABLE);
    home.change(state -> state.withProvenAgain(STABLE).withUnfollowed("an image is rolled out"));
    follow("echo stable stable 7");

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(said)
        .anyMatch(
            line -> line.contains("unfollow: an image is rolled out") && line.contains("image"));
    assertThat(home.state().lastProven()).contains(IMAGE);
  }

  private void stage() throws Exception {
    home.publish(home.newStagingDirectory(), STABLE);
  }

  private void follow(String script, String... more) throws Exception {
    question = shell(script);
    List<String> words = new ArrayList<>(List.of("--follow", "prod"));
    words.addAll(List.of(more));
    superviseFollowing(words.toArray(String[]::new));
  }

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }

  private void superviseFollowing(String... more) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("--follow", "prod", "--app", "shop", "--store", folder.toString()));
    words.addAll(List.of("--ready-after", "10ms", "--soak", "10ms", "--no-agent"));
    words.addAll(List.of(more));
    supervise(words.toArray(String[]::new));
  }

  private static void awaitDead(Path pid) throws Exception {
    long number = Long.parseLong(Files.readString(pid).strip());
    await()
        .atMost(LONG)
        .until(() -> ProcessHandle.of(number).filter(ProcessHandle::isAlive).isEmpty());
  }
}
