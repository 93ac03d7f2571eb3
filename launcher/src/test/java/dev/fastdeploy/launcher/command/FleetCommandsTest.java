package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.control.v1.InstanceState;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.Refusal;
import dev.fastdeploy.control.v1.RefusedCommit;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.control.v1.UnpreparedStrategy;
import dev.fastdeploy.launcher.fleet.plan.Budget;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Manner;
import dev.fastdeploy.launcher.fleet.plan.OnFailure;
import dev.fastdeploy.launcher.fleet.plan.Patience;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Share;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.plan.Waves;
import dev.fastdeploy.launcher.fleet.plan.Window;
import dev.fastdeploy.launcher.fleet.record.Beginning;
import dev.fastdeploy.launcher.fleet.record.Closing;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.JournalThread;
import dev.fastdeploy.launcher.fleet.record.Known;
import dev.fastdeploy.release.store.SharedObjects;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands for a fleet say of its record, and end with, before any instance is asked. */
class FleetCommandsTest {

  /** Where nobody listens. */
  private static final String SOURCE = "127.0.0.1:1";

  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1));

  @TempDir private Path directory;
  private Path store;

  @BeforeEach
  void createStore() throws IOException {
    store = Files.createDirectory(directory.resolve("store"));
  }

  @Test
  void aLockIsHeldOnceAndGivenBack() {
    CommandRun first = run("lock --reason inventory --until 2h");
    CommandRun second = run("lock --reason another");
    CommandRun free = run("unlock");
    CommandRun again = run("unlock");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("'prod' of 'shop' is held until 20");
    assertOneLine(
        second, 5, "held by a lock of", "(inventory)", "--lock-wait", "'fastdeploy unlock'");
    assertThat(free.exitCode()).as(free.err()).isZero();
    assertThat(free.out()).contains("is free: a lock of", "(inventory) has ended");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("is not held");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy c1", "plan c1"})
  void nothingIsDeployedToWhatIsHeld(String command) throws IOException {
    publish("c1");
    run("lock --reason inventory");

    CommandRun run = run(command + " --fleet exec:false --connect-timeout 1s");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
    assertThat(run.err()).contains("held by a lock of", "(inventory)", "'fastdeploy unlock'");
  }

  @Test
  void aLockWhoseTimeIsOverHoldsNoPlan() throws Exception {
    publish("c1");
    record(1, null, null, THEN.plusSeconds(60));

    CommandRun plan = run("plan c1 --fleet exec:false --connect-timeout 1s");
    CommandRun status = run("status --fleet " + SOURCE);

    assertThat(plan.exitCode()).as(plan.err()).isEqualTo(1);
    assertThat(plan.out()).contains("it would not begin: no complete answer from 'exec:false'");
    assertThat(status.out()).contains("no deploy of this environment").doesNotContain("is held");
  }

  @Test
  void aLockEndsByItself() throws Exception {
    record(1, null, null, THEN.plusSeconds(60));

    CommandRun run = run("lock --reason next");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run("history").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("2 ").contains("lock by", "(next): held"),
            line -> assertThat(line).startsWith("1 ").contains("expired, its time ran out"));
  }

  @Test
  void theHistoryOfNothingIsEmpty() {
    CommandRun run = run("history");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("nothing has been deployed to 'prod' of 'shop' yet\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy c1", "plan c1"})
  void aCommitThatIsNotThereIsAnArtifact(String command) {
    CommandRun run = run(command + " --fleet h:1");

    assertOneLine(run, 6, "the commit 'c1' is not in", store.toString(), "publish it first");
    assertThat(run("history").out()).startsWith("nothing has been deployed");
  }

  @Test
  void whatAFailedDeployGoesBackToMustBeThere() throws Exception {
    publish("c2");
    record(1, "d-1", summary(Ending.DONE), null);

    assertOneLine(
        run("deploy c2 --fleet " + SOURCE),
        6,
        "the commit 'c1'",
        "a failed deploy would return",
        "publish it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy c1", "plan c1", "rollback", "reconcile"})
  void anotherFleetThanTheLastTimeIsRefused(String command) throws Exception {
    publish("c1");
    record(1, "d-1", summary(Ending.DONE), null);
    record(2, "d-2", summary(Ending.PARTIAL), null);

    assertOneLine(
        run(command + " --fleet h:1 --fleet h:2"),
        1,
        "--fleet h:1 --fleet h:2 is not the fleet of the last deploy of 'prod' of 'shop', which was"
            + " 127.0.0.1:1;",
        "--change-fleet");
  }

  @Test
  void nothingToGoBackToIsSaid() throws Exception {
    assertOneLine(
        run("rollback --fleet h:1"), 1, "no commit to go back to", "deploy a commit by its name");
    assertOneLine(run("reconcile --fleet h:1"), 1, "no deploy has been done yet");

    record(1, "d-1", summary(Ending.DONE), null);

    assertOneLine(
        run("rollback --fleet " + SOURCE), 1, "before that of 'c1'", "deploy a commit by its name");
  }

  @Test
  void aDeployThatIsOverTellsHowItEnded() throws Exception {
    publish("c1");
    record(1, "d-1", summary(Ending.DONE), null);
    record(2, "d-2", summary(Ending.ROLLED_BACK), null);

    CommandRun retried = run("retry d-1");
    CommandRun repeated = run("deploy c1 --fleet 127.0.0.1:1 --deploy-id d-2");
    CommandRun watched = run("watch");

    assertThat(retried.exitCode()).as(retried.err()).isZero();
    assertThat(retried.out()).contains("d-1 has already ended, in epoch 1", "done: ");
    assertThat(repeated.exitCode()).as(repeated.err()).isEqualTo(3);
    assertThat(watched.exitCode()).as(watched.err()).isEqualTo(3);
    assertThat(watched.out()).contains("rolled back: ");
  }

  /** A pipeline of an older version must not deploy by what it misreads. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "deploy c1 --fleet h:1",
        "plan c1 --fleet h:1",
        "rollback --fleet h:1",
        "reconcile --fleet h:1",
        "retry d-1",
        "watch",
        "history",
        "abort",
        "lock --reason x",
        "unlock"
      })
  void aRecordInANewerFormatIsToldAsOne(String command) throws Exception {
    publish("c1");
    open(1, "d-1");
    try (Stream<Path> files = Files.walk(store.resolve("fleet"))) {
      Path begin = files.filter(file -> file.endsWith("begin.json")).findFirst().orElseThrow();
      Files.writeString(begin, Files.readString(begin).replace("\"format\":1", "\"format\":2"));
    }

    assertOneLine(
        run(command),
        1,
        "epoch 1 of 'prod' of 'shop'",
        "the format 2 of a newer version of fastdeploy",
        "update fastdeploy here");
  }

  /** A typing error in a file's name must not fill the history. */
  @ParameterizedTest
  @ValueSource(strings = {"deploy c1", "reconcile"})
  void aSourceThatDoesNotTellTakesNoEpoch(String command) throws Exception {
    publish("c1");
    record(1, "d-1", summary(Ending.DONE), null);
    record(2, "d-2", summary(Ending.PARTIAL), null);

    assertOneLine(
        run(command + " --change-fleet --connect-timeout 1s --fleet file:/no/such/file"),
        1,
        "no complete answer from 'file:/no/such/file' (",
        "/no/such/file");
    assertThat(run("history").out().lines()).hasSize(2);
  }

  /** Its command died, and somebody deployed meanwhile: there is nothing to go on with. */
  @Test
  void whatAnotherDeployCameAfterIsNotGoneOnWith() throws Exception {
    record(1, "d-1", null, null);
    record(2, "d-2", summary(Ending.DONE), null);

    assertOneLine(
        run("retry d-1"),
        5,
        "the deploy 'd-2'",
        "has since taken the environment",
        "deploy again under another id");
  }

  /** A retry is a new deploy: when it fails it goes back to what is stable now. */
  @Test
  void aRetryGoesBackToWhatIsStableWhenItBegins() throws Exception {
    publish("c1");
    record(1, "d-1", summary(Ending.PARTIAL), null);
    record(2, "d-2", summary(Ending.DONE), null);

    CommandRun run = run("retry d-1 --json");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.json().get(0)).containsEntry("event", "begun").containsEntry("stable", "c1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abort d-2", "pause d-2", "resume d-2", "promote d-2 --gate 1"})
  void whoNamesAnotherDeployOrdersNothing(String command) throws Exception {
    open(1, "d-1");

    assertOneLine(
        run(command),
        1,
        "the deploy 'd-2' is not under way in 'prod' of 'shop'",
        "it is held by the deploy 'd-1' of somebody since");
    try (Stream<Path> files = Files.walk(store.resolve("fleet"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactly("begin.json");
    }
  }

  @Test
  void whoNamesTheDeployThatIsUnderWayOrdersIt() throws Exception {
    open(1, "d-1");

    assertThat(run("pause d-1").out()).startsWith("asked the deploy 'd-1'").contains("to pause");
    assertThat(run("abort d-1 --lease 2s").out()).contains("the command that ran it is gone");
    assertOneLine(run("abort d-1"), 1, "no deploy of 'prod' of 'shop' is under way");
  }

  @Test
  void imagesThatTheRecordDoesNotKnowAreTold() throws Exception {
    publish("c1");
    record(1, "d-1", summary(Ending.DONE), null);
    ScriptedControl control = new ScriptedControl();
    control.status =
        InstanceStatus.newBuilder()
            .setState(InstanceState.INSTANCE_STATE_READY)
            .setApp("shop")
            .setEnvironment("prod")
            .setRunning("newer")
            .setImage("newer")
            .build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      String fleet = " --fleet " + server.target();
      CommandRun plan = run("plan c1 --change-fleet" + fleet);
      CommandRun status = run("status" + fleet);
      CommandRun json = run("status --json" + fleet);

      assertThat(plan.out())
          .contains("1 comes from the image newer, which no successful deploy has included yet");
      assertThat(status.out())
          .contains(
              "1 of 1 does not run the stable commit c1; 1 from images that the record does not"
                  + " know");
      assertThat(json.out()).contains("\"unknownImage\":[\"" + server.target() + "\"]");
      control.status = control.status.toBuilder().setImage("c1").build();
      assertThat(run("plan c1 --change-fleet" + fleet).out()).doesNotContain("from the image");
      assertThat(run("status" + fleet).out()).doesNotContain("from images");
    }
  }

  @Test
  void instancesThatWouldRefuseItAreNamedByThePlan() throws Exception {
    publish("c1");
    ScriptedControl control = new ScriptedControl();
    control.status =
        ready().setDeploysRefusedBecause("nothing tells when a new release is ready").build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      String plan = "plan c1 --fleet " + server.target();
      CommandRun strict = run(plan);
      CommandRun lenient = run(plan + " --max-failed 1");

      assertThat(strict.exitCode()).as(strict.err()).isEqualTo(1);
      assertThat(strict.out())
          .contains(
              "1 instance answers, 1 is in service\n",
              "1 runs c0\n",
              "1 would refuse it now: nothing tells when a new release is ready ("
                  + server.target()
                  + ")",
              "it would fail: 1 of 1 would refuse it, and 0 may fail (--max-failed)\n")
          .doesNotContain("it could begin");
      assertThat(lenient.exitCode()).as(lenient.err()).isEqualTo(1);
      assertThat(lenient.out())
          .contains("1 would refuse it now", "it would fail: no instance would take it");
      control.status = control.status.toBuilder().setActiveDeployId("d-1").build();
      assertThat(run(plan).out()).doesNotContain("would refuse");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app | it was told of no application; start its launcher with --app",
        "environment | it was told of no environment; start its launcher with --env",
        "store | nothing tells where the releases are; give --store",
        "refused | 'c1' did not come up there before; --force tries it again",
        "home | the home '/h' cannot be written; mount a volume that can",
        "unknown | the strategy 'redefine' was not prepared at the start; choose one of process or",
        "unprepared | the strategy 'redefine' could not be prepared at the start: no agent; choose"
      })
  void aPlanNamesWhoeverWouldRefuseIt(String what, String reason) throws Exception {
    publish("c1");
    InstanceStatus.Builder status = ready().addStrategies("process");
    switch (what) {
      case "app" -> status.clearApp();
      case "environment" -> status.clearEnvironment();
      case "store" ->
          status.setStoreUnusableBecause("nothing tells where the releases are; give --store");
      case "home" ->
          status
              .setHomeUnwritableBecause("the home '/h' cannot be written; mount a volume that can")
              .setDeploysRefusedBecause("the home '/h' cannot be written; mount a volume that can");
      case "refused" -> status.addRefused(RefusedCommit.newBuilder().setCommit("c1"));
      case "unprepared" ->
          status.addUnprepared(
              UnpreparedStrategy.newBuilder().setStrategy("redefine").setReason("no agent"));
      default -> {
        // Its strategies lack the one that is asked for.
      }
    }
    ScriptedControl control = new ScriptedControl();
    control.status = status.build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      String plan = "plan c1 --fleet " + server.target();
      boolean ofStrategy = what.startsWith("un");
      CommandRun run = run(plan + (ofStrategy ? " --strategy redefine" : ""));

      assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
      assertThat(run.out()).contains("1 would refuse it now: " + reason, "it would fail: ");
      assertThat(run(plan + " --force --strategy auto").out())
          .contains(ofStrategy || what.equals("refused") ? "it could begin" : "it would fail");
      control.status = status.setRunning("c1").setProven("c1").build();
      assertThat(run(plan).out()).contains("it could begin").doesNotContain("would refuse");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "module process, '', false",
    "module process, --strategy module, false",
    "module process, --strategy process, true",
    "module process, --strategy auto, true",
    "module, --strategy auto, false"
  })
  void aReasonAgainstOneStrategyIsNoneAgainstAnother(
      String prepared, String option, boolean couldBegin) throws Exception {
    publish("c1");
    ScriptedControl control = new ScriptedControl();
    control.status =
        ready()
            .addAllStrategies(List.of(prepared.split(" ")))
            .setDeploysRefusedBecause("module: too many class loaders; use the strategy process")
            .build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun plan = run(("plan c1 --fleet " + server.target() + " " + option).strip());

      assertThat(plan.exitCode()).as(plan.err()).isEqualTo(couldBegin ? 0 : 1);
      assertThat(plan.out())
          .contains(couldBegin ? "it could begin" : "1 would refuse it now: module: too many");
    }
  }

  @Test
  void anInstanceThatIsAboutToEndIsAskedAgainAndDoesNotRefuse() throws Exception {
    publish("c1");
    ScriptedControl control = new ScriptedControl();
    control.status =
        ready()
            .setState(InstanceState.INSTANCE_STATE_STOPPING)
            .setDeploysRefusedBecause("the instance was told to stop")
            .build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      assertThat(run("plan c1 --fleet " + server.target()).out())
          .contains("it could begin")
          .doesNotContain("would refuse");
    }
  }

  @Test
  void anInstanceWithoutRoomAndOneWithoutStoreAreTwoThatFail() throws Exception {
    publish("c1");
    InstanceStatus status = ready().build();
    ScriptedControl full = new ScriptedControl();
    full.status = status.toBuilder().setFreeBytes(1).build();
    ScriptedControl storeless = new ScriptedControl();
    storeless.status = status.toBuilder().setStoreUnusableBecause("no store").build();
    try (ControlServer one = ControlServer.onLoopback(0, full, null, null);
        ControlServer other = ControlServer.onLoopback(0, storeless, null, null)) {
      String fleet = " --fleet " + one.target() + " --fleet " + other.target();
      CommandRun plan = run("plan c1" + fleet + " --max-failed 1");

      assertThat(plan.exitCode()).as(plan.err()).isEqualTo(1);
      assertThat(plan.out())
          .contains(
              "1 would refuse it now: its home has 1 byte free",
              "1 would refuse it now: no store",
              "it would fail: 2 of 2 would refuse it, and 1 may fail (--max-failed)");
    }
  }

  @Test
  void aPlanCountsRefusalsAsTheDeployWould() throws Exception {
    publish("c1");
    ScriptedControl full = new ScriptedControl();
    full.status = ready().setFreeBytes(1).build();
    ScriptedControl readOnly = new ScriptedControl();
    readOnly.status =
        ready()
            .setHomeUnwritableBecause("it is read-only")
            .setDeploysRefusedBecause("no launcher")
            .build();
    try (ControlServer one = ControlServer.onLoopback(0, full, null, null);
        ControlServer other = ControlServer.onLoopback(0, readOnly, null, null)) {
      CommandRun plan =
          run(
              "plan c1 --max-failed 1 --strategy bogus --fleet "
                  + one.target()
                  + " --fleet "
                  + other.target());

      assertThat(plan.exitCode()).as(plan.err()).isEqualTo(1);
      assertThat(plan.out())
          .contains(
              "1 would refuse it now: its home has 1 byte free",
              "1 would refuse it now: it is read-only (" + other.target(),
              "1 would refuse it now: no launcher (" + other.target(),
              "1 would refuse it now: the strategy 'bogus' is unknown to this version",
              "it would fail: 2 of 2 would refuse it, and 1 may fail (--max-failed)");
    }
  }

  @Test
  void aPlanNamesWhoGivesNoAnswer() throws Exception {
    publish("c1");
    ScriptedControl control = new ScriptedControl();
    control.status = ready().build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun plan =
          run(
              "plan c1 --max-unreachable 1 --connect-timeout 1s --fleet 127.0.0.1:1 --fleet "
                  + server.target());

      assertThat(plan.exitCode()).as(plan.err()).isZero();
      assertThat(plan.out())
          .contains("1 out of reach: it does not answer", " (127.0.0.1:1)\n", "it could begin");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OTHER_ENVIRONMENT, stage, 1",
    "HOME_UNWRITABLE, stage, 6",
    "NO_STORE, stage, 6",
    "NO_LAUNCHER, activate, 1",
    "UNKNOWN_STRATEGY, activate, 1"
  })
  void aDeployThatIsRefusedAtOnceHasMovedNothing(String refusal, String by, int exitCode)
      throws Exception {
    publish("c1");
    ScriptedControl control = new ScriptedControl();
    control.status = ready().build();
    Outcome.Builder refused =
        Outcome.newBuilder()
            .setResult(Result.RESULT_REFUSED)
            .setRefusal(Refusal.valueOf("REFUSAL_" + refusal))
            .setReason("no, thanks");
    if (by.equals("stage")) {
      control.staging = refused.build();
    }
    control.course(
        (id, events) -> {
          events.onNext(ScriptedControl.outcome(id, refused));
          events.onCompleted();
        });
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run = run("deploy c1 --fleet " + server.target());

      assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
      assertThat(run.out() + run.err()).contains("no, thanks").doesNotContain("brought back");
      assertThat(control.rollbacks).isEmpty();
      assertThat(control.activations).hasSize(by.equals("stage") ? 0 : 1);
    }
  }

  @Test
  void aReleaseThatIsInTheHomeNeedsNoStore() throws Exception {
    publish("c1");
    ScriptedControl control = new ScriptedControl();
    control.status =
        InstanceStatus.newBuilder()
            .setState(InstanceState.INSTANCE_STATE_READY)
            .setApp("shop")
            .setEnvironment("prod")
            .setStoreUnusableBecause("no store")
            .addStaged("c1")
            .build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      assertThat(run("plan c1 --fleet " + server.target()).out()).contains("it could begin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "other"})
  void anInstanceThatTwoSourcesListCountsOnce(String environment) throws Exception {
    publish("c1");
    ScriptedControl control = new ScriptedControl();
    control.status =
        InstanceStatus.newBuilder()
            .setState(InstanceState.INSTANCE_STATE_READY)
            .setApp("shop")
            .setEnvironment(environment)
            .setIdentity("host.1")
            .setRunning("c0")
            .build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      String fleet = " --fleet " + server.target() + " --fleet 127.0.0.1:" + server.port();
      CommandRun plan = run("plan c1" + fleet);
      CommandRun status = run("status" + fleet);

      assertThat(plan.out()).contains("1 instance answers", "1 runs c0");
      assertThat(status.out()).containsOnlyOnce("host.1");
      assertThat(status.err()).contains("is the same instance as", "and counts once");
    }
  }

  private void assertOneLine(CommandRun run, int exitCode, String... texts) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("fastdeploy: ").doesNotContain("Exception").contains(texts);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void aDeployThatWasEndedInItsCommandsPlaceIsNotGoneOnWith() throws Exception {
    publish("c1");
    record(1, "d-1", null, null);

    CommandRun run = run("deploy c1 --deploy-id d-1 --fleet " + SOURCE);

    assertOneLine(
        run,
        4,
        "'d-1' was ended by somebody else after its command had gone",
        "'fastdeploy retry d-1'");
    assertThat(run("history").out().lines()).hasSize(1);
    assertThat(run("retry d-1").out()).contains("(epoch 2)");
  }

  /** As by {@code watch | head}. */
  @Test
  @Timeout(60)
  void watchEndsWhenNobodyReadsIt() throws Exception {
    record(1, "d-1", null, null);
    StringWriter err = new StringWriter();

    int exitCode =
        CommandEntry.run(
            CommandRun.context(new ClosedWriter(), err),
            List.of("watch", "--app", "shop", "--env", "prod", "--store", store.toString()));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "fastdeploy: nobody reads the output any more: 'watch' ends, the deploy goes on\n");
  }

  private static final class ClosedWriter extends Writer {

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public void flush() throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private CommandRun run(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    Stream.of("--app", "shop", "--env", "prod", "--store", store.toString()).forEach(words::add);
    return CommandRun.of(words.toArray(String[]::new));
  }

  private void publish(String commit) throws IOException {
    Path release = Files.createDirectories(directory.resolve(commit));
    Files.writeString(release.resolve("app"), commit);
    CommandRun published =
        CommandRun.of(
            "publish",
            release.toString(),
            "--app",
            "shop",
            "--store",
            store.toString(),
            "--commit",
            commit);
    assertThat(published.exitCode()).as(published.err()).isZero();
  }

  /**
   * Puts an epoch into the record, of a deploy of c1 to one instance that nobody reaches.
   *
   * @param deploy none for a lock
   * @param summary none for one whose command has died, if another epoch follows or not
   */
  private void record(
      int number, @Nullable String deploy, @Nullable Summary summary, @Nullable Instant until)
      throws IOException, InterruptedException {
    StoreLocation location = new StoreLocation(store.toString(), "shop", null, null, false);
    try (EnvironmentRecord record =
        new EnvironmentRecord(SharedObjects.open(location), "shop", "prod")) {
      Known before = record.newest().map(Epoch::known).orElse(Known.NOTHING);
      DeployId id = deploy == null ? null : new DeployId(deploy);
      Plan plan = id == null ? null : plan(id, before.stable());
      Beginning beginning =
          new Beginning("owner-" + number, "somebody", "", THEN, id, plan, until, 0, before);
      assertThat(record.begin(number, beginning)).isTrue();
      if (summary != null) {
        try (JournalThread journal =
            new JournalThread(
                record,
                new Epoch(number, beginning, null),
                "owner-" + number,
                Clock.systemUTC(),
                input -> {})) {
          journal.end(summary);
        }
      } else if (deploy != null) {
        record.unlock(number, "another", Closing.How.BROKEN, THEN, "");
      }
    }
  }

  /** Puts an epoch into the record whose command is at work, for all that is known. */
  private void open(int number, String deploy) throws IOException {
    StoreLocation location = new StoreLocation(store.toString(), "shop", null, null, false);
    try (EnvironmentRecord record =
        new EnvironmentRecord(SharedObjects.open(location), "shop", "prod")) {
      DeployId id = new DeployId(deploy);
      assertThat(
              record.begin(
                  number,
                  new Beginning(
                      "owner-" + number,
                      "somebody",
                      "",
                      THEN,
                      id,
                      plan(id, null),
                      null,
                      0,
                      Known.NOTHING)))
          .isTrue();
    }
  }

  private static Plan plan(DeployId id, @Nullable Commit stable) {
    return new Plan(
        id,
        "shop",
        "prod",
        new Commit("c1"),
        stable,
        false,
        true,
        List.of(SOURCE),
        Waves.ONE,
        new Window(Share.number(1), Share.NONE, 200),
        Budget.STRICT,
        PATIENCE,
        Share.ALL,
        OnFailure.ROLLBACK,
        false,
        false,
        Manner.USUAL);
  }

  private static Summary summary(Ending ending) {
    boolean done = ending == Ending.DONE;
    return new Summary(
        ending,
        "",
        1,
        0,
        done ? 1 : 0,
        done ? 0 : 1,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        List.of(),
        done,
        Set.of());
  }

  /** Returns what an instance of this fleet says that serves. */
  private static InstanceStatus.Builder ready() {
    return InstanceStatus.newBuilder()
        .setState(InstanceState.INSTANCE_STATE_READY)
        .setApp("shop")
        .setEnvironment("prod")
        .setRunning("c0");
  }
}
