package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One command takes a fleet of real instances to a commit, and tells the truth whatever happens to
 * the command, the release or an instance. Each test leaves a fleet of which each instance serves.
 * The normal run has a canary, a command that is killed or interrupted and a replaced instance; the
 * slow one has all.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetIT {

  /** Instances; {@code -Dfastdeploy.fleet=12} is the slow profile's. */
  private static final int SIZE = Integer.getInteger("fastdeploy.fleet", 4);

  /** By which line of a deploy its command is killed, in the normal run and in the slow one. */
  private static final List<String> SOME = List.of("-- activating 2");

  private static final List<String> ALL =
      List.of(
          "deploy ",
          "-- staging",
          "-- activating 1",
          "-- baking 1",
          "-- activating 2",
          "-- activating 3",
          "-- sweeping");

  /** No instance of this release comes up. */
  private static final String DOES_NOT_START = "start=never";

  private static @TempDir Path folder;
  private FleetBed fleet;
  private int commits;

  @BeforeAll
  void start() throws Exception {
    // The demo deploys to a fleet by S3, too.
    fleet = SIZE > 4 ? FleetBed.onS3(folder, SIZE) : FleetBed.onDirectory(folder, SIZE);
    fleet.start("c0");
    // The first deploy: from here on there is a stable commit.
    fleet.publish("c1");
    CommandResult first = deploy("c1");
    assertThat(first.exitCode()).as(first.toString()).isZero();
    assertThat(fleet.served()).isEqualTo(Map.of("c1", SIZE));
  }

  @AfterAll
  void close() {
    fleet.close();
  }

  @Test
  void aCanaryThatFailsStopsADeployThatReachesNobodyElse() throws Exception {
    String before = settle();
    String bad = published(DOES_NOT_START);

    CommandResult run = deploy(bad, "--canary", "1", "--waves", "50%,100%");

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
    assertThat(run.stdout())
        .filteredOn(line -> line.contains(" is asked to run " + bad))
        .hasSize(1);
    assertThat(last(run)).startsWith("rolled back:");
    assertThat(fleet.served()).isEqualTo(Map.of(before, SIZE));
  }

  @Test
  @Tag("wide")
  void aWaveThatUsesTheBudgetUpIsTakenBack() throws Exception {
    String before = settle();
    String bad = published(diesOnTheLast());

    CommandResult run = deploy(bad, "--canary", "1", "--waves", "50%,100%", "--max-failed", "0");

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
    assertThat(run.stdout())
        .filteredOn(line -> line.endsWith(" runs " + bad + ", proven"))
        .as(run.toString())
        .hasSizeGreaterThanOrEqualTo(SIZE / 2);
    assertThat(run.stdout()).anyMatch(line -> line.contains("does not run on port"));
    assertThat(fleet.served()).isEqualTo(Map.of(before, SIZE));
    assertThat(fleet.onRecord("history", "--last", "1").stdout().get(0))
        .contains(" to " + bad + " ")
        .contains("rolled back:");
  }

  static List<String> lines() {
    return SIZE > 4 ? ALL : SOME;
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aCommandThatIsKilledIsGoneOnWith(String line) throws Exception {
    settle();
    String next = published();
    String id = "killed-" + next;

    try (ChildProcess killed = begin(next, "--deploy-id", id)) {
      awaitLine(killed, said -> said.startsWith(line) || said.endsWith(line));
      killed.signal(Signal.KILL);
      assertThat(killed.waitFor(FleetBed.PATIENCE)).isPresent();
    }
    CommandResult resumed = fleet.run("retry " + id, "--lease", "3s");

    assertThat(resumed.exitCode()).as(resumed.toString()).isZero();
    assertThat(resumed.stdout().get(0)).startsWith("continuing deploy " + id);
    assertThat(fleet.served()).isEqualTo(Map.of(next, SIZE));
  }

  @Test
  @Tag("wide")
  void aCommandThatIsKilledWhileItGoesBackIsGoneOnWith() throws Exception {
    String before = settle();
    String bad = published(diesOnTheLast());
    String id = "killed-" + bad;

    try (ChildProcess killed = begin(bad, "--deploy-id", id)) {
      awaitLine(killed, line -> line.endsWith("-- going back"));
      killed.signal(Signal.KILL);
      assertThat(killed.waitFor(FleetBed.PATIENCE)).isPresent();
    }
    CommandResult resumed = fleet.run("retry " + id, "--lease", "3s");

    assertThat(resumed.exitCode()).as(resumed.toString()).isEqualTo(3);
    assertThat(fleet.served()).isEqualTo(Map.of(before, SIZE));
  }

  @Test
  @Tag("wide")
  void ofTwoCommandsOneIsToldWhoHasTheEnvironmentAndAnAbortEndsTheOther() throws Exception {
    String before = settle();
    String next = published();
    try (ChildProcess first = begin(next, "--reason", "a release", "--bake", "1h")) {
      awaitLine(first, line -> line.endsWith("-- baking 1"));

      CommandResult second = deploy(next);
      assertThat(second.exitCode()).as(second.toString()).isEqualTo(5);
      assertThat(second.stderr().get(0)).contains("is held by the deploy 'd-", "(a release)");

      CommandResult abort = fleet.onRecord("abort", "--reason", "not today");
      assertThat(abort.exitCode()).as(abort.toString()).isZero();
      assertThat(last(abort)).startsWith("aborted:").contains("not today");
      assertThat(first.waitFor(FleetBed.PATIENCE)).isEqualTo(OptionalInt.of(4));
    }
    assertThat(fleet.served()).isEqualTo(Map.of(before, SIZE - 1, next, 1));

    reconcile(before);
  }

  @Test
  void interruptedOnceItFinishesWhatIsUnderWayAndBeginsNothingNew() throws Exception {
    String before = settle();
    String next = published();
    try (ChildProcess deploy = begin(next, "--bake", "1h")) {
      awaitLine(deploy, line -> line.contains(" is asked to run " + next));
      deploy.signal(Signal.INT);

      assertThat(deploy.waitFor(FleetBed.PATIENCE))
          .as(deploy.output().last(20).toString())
          .isEqualTo(OptionalInt.of(4));
      assertThat(asked(deploy)).isOne();
      assertThat(deploy.output().stdout())
          .anyMatch(line -> line.endsWith(" runs " + next + ", proven"));
    }
    assertThat(fleet.served()).isEqualTo(Map.of(before, SIZE - 1, next, 1));
    assertThat(fleet.onRecord("history", "--last", "1").stdout().get(0)).contains("aborted:");

    reconcile(before);
  }

  @Test
  @Tag("wide")
  void interruptedTwiceItLeavesWhatIsUnderWay() throws Exception {
    String before = settle();
    Path permitted = folder.resolve("permitted-" + commits);
    String next = published("until=" + permitted);
    try (ChildProcess deploy = begin(next)) {
      awaitLine(deploy, line -> line.contains(" is asked to run " + next));
      deploy.signal(Signal.INT);
      awaitLine(deploy, line -> line.startsWith("interrupted: "));
      deploy.signal(Signal.INT);

      assertThat(deploy.waitFor(FleetBed.PATIENCE))
          .as(deploy.output().last(20).toString())
          .isEqualTo(OptionalInt.of(4));
      assertThat(asked(deploy)).isOne();
      assertThat(deploy.output().stderr()).anyMatch(line -> line.contains("interrupted again"));

      // Another terminal ends what nobody carries out any more.
      CommandResult abort = fleet.onRecord("abort", "--lease", "3s");
      assertThat(abort.exitCode()).as(abort.toString()).isZero();
      assertThat(last(abort)).contains("the command that ran it is gone");
    } finally {
      Files.createFile(permitted);
    }
    // The one under way comes to its end by itself.
    fleet.awaitServed(Map.of(before, SIZE - 1, next, 1));

    reconcile(before);
  }

  @Test
  void anInstanceThatIsReplacedFromTheOldImageFollowsAndIsTakenAlong() throws Exception {
    String before = settle();
    String next = published();
    TestBed victim = fleet.instances().get(SIZE - 1);
    try (ChildProcess deploy = begin(next)) {
      awaitLine(deploy, line -> line.endsWith("-- activating 2"));
      victim.close();
      victim.deleteHome();
      LauncherProcess replaced =
          victim.start(fleet.launcher(victim, "c0").option("--follow", "prod"));
      assertThat(
              replaced
                  .output()
                  .await(
                      line -> line.contains("the release " + before + ", the stable one"),
                      FleetBed.PATIENCE))
          .as(replaced.output().last(20).toString())
          .isPresent();

      assertThat(deploy.waitFor(FleetBed.PATIENCE))
          .as(deploy.output().last(20).toString())
          .isEqualTo(OptionalInt.of(0));
    }
    assertThat(fleet.served()).isEqualTo(Map.of(next, SIZE));
  }

  @Test
  @Tag("wide")
  void anOwnerThatSleptPastItsLeaseSendsNothingMore() throws Exception {
    settle();
    String next = published();
    String id = "slept-" + next;
    try (ChildProcess asleep = begin(next, "--deploy-id", id, "--bake", "1s")) {
      awaitLine(asleep, line -> line.endsWith("-- baking 1"));
      asleep.signal(Signal.STOP);

      CommandResult resumed = fleet.run("retry " + id, "--lease", "3s");
      assertThat(resumed.exitCode()).as(resumed.toString()).isZero();
      long asked = asked(asleep);

      asleep.signal(Signal.CONT);
      assertThat(asleep.waitFor(FleetBed.PATIENCE)).isEqualTo(OptionalInt.of(5));
      assertThat(asked(asleep)).isEqualTo(asked);
    }
    assertThat(fleet.served()).isEqualTo(Map.of(next, SIZE));
  }

  /** The others have been moved, or are being moved, when it fails. */
  private String diesOnTheLast() {
    return "dies=" + fleet.instances().get(SIZE - 1).port();
  }

  private static long asked(ChildProcess deploy) {
    return deploy.output().stdout().stream().filter(line -> line.contains(" is asked to ")).count();
  }

  /** A deploy by a canary, a part of the fleet, and the rest. */
  private ChildProcess begin(String commit, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--canary", "1", "--waves", "50%,100%"));
    all.addAll(List.of(options));
    if (!all.contains("--bake")) {
      all.addAll(List.of("--bake", "1s"));
    }
    return fleet.begin("deploy " + commit, with(all.toArray(String[]::new)));
  }

  private static void awaitLine(ChildProcess command, Predicate<String> wanted) throws Exception {
    assertThat(command.output().await(wanted, FleetBed.PATIENCE))
        .as(String.join("\n", command.output().last(30)))
        .isPresent();
  }

  private CommandResult deploy(String commit, String... options) throws Exception {
    return fleet.run("deploy " + commit, with(options));
  }

  private static String[] with(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("--max-unavailable", "34%", "--connect-timeout", "60s", "--lease", "5s"));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private String published(String... behaviour) throws Exception {
    String commit = "n" + ++commits;
    fleet.publish(commit, behaviour);
    return commit;
  }

  private void reconcile(String stable) throws Exception {
    CommandResult back = fleet.run("reconcile", with());
    assertThat(back.exitCode()).as(back.toString()).isZero();
    assertThat(fleet.served()).isEqualTo(Map.of(stable, SIZE));
  }

  /** Which commit all serve; after a test that failed they are brought to one. */
  private String settle() throws Exception {
    Map<String, Integer> served = fleet.served();
    if (served.size() > 1) {
      CommandResult healed = deploy(published(), "--break-lock");
      assertThat(healed.exitCode()).as(healed.toString()).isZero();
      served = fleet.served();
    }
    return served.keySet().iterator().next();
  }

  private static String last(CommandResult run) {
    return run.stdout().get(run.stdout().size() - 1);
  }
}
