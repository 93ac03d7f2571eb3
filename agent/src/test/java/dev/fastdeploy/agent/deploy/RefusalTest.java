package dev.fastdeploy.agent.deploy;

import static dev.fastdeploy.agent.deploy.Instance.NEXT;
import static dev.fastdeploy.agent.deploy.Instance.RUNNING;
import static dev.fastdeploy.agent.deploy.Instance.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.DeployResult;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each refusal is one line that says what to do, and changes nothing. */
class RefusalTest {

  private static final DeployId D1 = new DeployId("d1");

  private final Instance instance = new Instance();

  @Test
  void busy() {
    instance.submit(deploy("d0", 4, NEXT));

    assertRefused(deploy("d1", 5, NEXT), Refusal.BUSY, "d0", "wait for its outcome");
  }

  @Test
  void alreadyRunning() {
    assertRefused(deploy("d1", 5, RUNNING), Refusal.ALREADY_RUNNING, "running already");
  }

  @Test
  void olderSequence() throws IOException {
    instance.home().change(before -> before.withSequence(5));

    assertRefused(deploy("d1", 5, NEXT), Refusal.OLDER_SEQUENCE, "5", "new sequence");
    assertRefused(deploy("d1", 4, NEXT), Refusal.OLDER_SEQUENCE, "4", "5");
    assertThat(instance.run(deploy("d1", 6, NEXT))).isEqualTo(new Decision.Accepted());
  }

  @Test
  void sequenceOfADeployThatLeftNoOutcome() throws IOException {
    instance.home().change(before -> before.withSequence(5));

    assertRefused(deploy("d1", 5, NEXT), Refusal.OLDER_SEQUENCE, "5", "no outcome");
    assertThat(instance.report().reason()).doesNotContain("later deploy");
  }

  @Test
  void sequenceAheadOfTheClock() {
    long latest = 1000 + HomeState.SEQUENCE_TOLERANCE.toMillis();

    assertRefused(
        deploy("d1", Long.MAX_VALUE, new Commit("unknown")),
        Refusal.SEQUENCE_AHEAD,
        "9223372036854775807",
        "5 minutes ahead of this instance's clock (1970-01-01T00:00:01Z)");
    assertRefused(deploy("d2", latest + 1, NEXT), Refusal.SEQUENCE_AHEAD, "set the clock");
    assertRefused(
        new InstanceRequest.Rollback(D1, latest + 1, ""), Refusal.SEQUENCE_AHEAD, "set the clock");
    assertRefused(
        new InstanceRequest.Activate(D1, latest + 1, NEXT, "", false),
        Refusal.SEQUENCE_AHEAD,
        "set the clock");
    assertThat(instance.run(deploy("d3", latest, NEXT))).isEqualTo(new Decision.Accepted());
  }

  @Test
  void sequenceOfADeployThatActivatedNothingIsInNobodysWay() {
    instance.stagingFails("it was never published").run(deploy("d1", 900, new Commit("unknown")));
    assertThat(instance.home().state().lastSequence()).isZero();
    instance.stagingFails(null).home().failPointing(true);
    instance.run(deploy("d2", 800, NEXT));
    assertThat(instance.home().state().lastSequence()).isZero();
    instance.home().failPointing(false);

    assertThat(instance.run(deploy("d3", 5, NEXT))).isEqualTo(new Decision.Accepted());
    assertThat(instance.home().state().lastSequence()).isEqualTo(5);
  }

  @Test
  void anInstanceThatWasLockedByAnAbsurdSequenceIsFree() throws IOException {
    instance.home().change(before -> before.withSequence(Long.MAX_VALUE));

    assertThat(instance.run(deploy("d1", 5, NEXT))).isEqualTo(new Decision.Accepted());
    assertThat(instance.home().state().lastSequence()).isEqualTo(5);
  }

  @Test
  void anotherApplication() {
    ExpectedRelease other = new ExpectedRelease("warehouse", "");

    for (InstanceRequest request :
        List.of(
            new InstanceRequest.Deploy(D1, 5, NEXT, other, FleetEpoch.NONE, "", true),
            new InstanceRequest.Activate(D1, 5, NEXT, other, FleetEpoch.NONE, "", true),
            new InstanceRequest.Stage(D1, NEXT, other, FleetEpoch.NONE))) {
      assertRefused(request, Refusal.OTHER_APP, "'warehouse'", "'shop'", "check the targets");
    }
    assertThat(
            instance.run(
                new InstanceRequest.Deploy(
                    D1, 5, NEXT, new ExpectedRelease("shop", ""), FleetEpoch.NONE, "", false)))
        .isEqualTo(new Decision.Accepted());
  }

  @Test
  void otherBytesOfAReleaseThatIsStaged() throws IOException {
    String there = "1".repeat(64);
    instance.home().put(NEXT);
    instance.home().change(before -> before.withDigest(NEXT, there, commit -> true));
    ExpectedRelease other = new ExpectedRelease("", "2".repeat(64));

    for (InstanceRequest request :
        List.of(
            new InstanceRequest.Deploy(D1, 5, NEXT, other, FleetEpoch.NONE, "", true),
            new InstanceRequest.Activate(D1, 5, NEXT, other, FleetEpoch.NONE, "", true),
            new InstanceRequest.Stage(D1, NEXT, other, FleetEpoch.NONE))) {
      assertRefused(request, Refusal.OTHER_CONTENT, there, "2".repeat(64), "another commit");
    }
    assertThat(
            instance.run(
                new InstanceRequest.Deploy(
                    D1, 5, NEXT, new ExpectedRelease("", there), FleetEpoch.NONE, "", false)))
        .isEqualTo(new Decision.Accepted());
    assertThat(instance.events()).contains(new DeployEvent.Staged(true, there));
  }

  @Test
  void idOfAnotherDeploy() throws IOException {
    Commit other = new Commit("other");
    instance.home().change(before -> before.withOutcome(failed("d0", 4, other)));

    assertRefused(deploy("d0", 5, NEXT), Refusal.ID_IN_USE, "'d0'", "'other'", "choose another");
    assertRefused(deploy("d0", 4, NEXT), Refusal.ID_IN_USE, "'d0'", "'other'");
    assertRefused(
        new InstanceRequest.Rollback(new DeployId("d0"), 5, ""), Refusal.ID_IN_USE, "'other'");
    assertThat(instance.run(deploy("d0", 4, other)))
        .isEqualTo(new Decision.Known(ReportedResult.FAILED));
    assertThat(instance.run(new InstanceRequest.Rollback(new DeployId("d0"), 4, "")))
        .isEqualTo(new Decision.Known(ReportedResult.FAILED));
  }

  @Test
  void idOfAnotherDeployThatIsUnderWay() {
    instance.submit(deploy("d1", 5, NEXT));

    assertRefused(deploy("d1", 5, new Commit("other")), Refusal.ID_IN_USE, "'d1'", "'next'");
    assertRefused(new InstanceRequest.Rollback(D1, 5, ""), Refusal.ID_IN_USE, "'next'");
  }

  @Test
  void idOfAnotherDeployOnProbation() throws IOException {
    instance.home().change(before -> before.withPending(pending("d0", RUNNING, false)));

    assertRefused(deploy("d0", 4, NEXT), Refusal.ID_IN_USE, "'d0'", "'running'");
    assertRefused(new InstanceRequest.Rollback(new DeployId("d0"), 4, ""), Refusal.ID_IN_USE, "d0");
  }

  @Test
  void idOfARollbackOnProbationIsTheSameRequest() throws IOException {
    instance.home().change(before -> before.withPending(pending("d0", RUNNING, true)));

    assertThat(instance.run(new InstanceRequest.Rollback(new DeployId("d0"), 4, "")))
        .isEqualTo(new Decision.Known(ReportedResult.PENDING));
  }

  @Test
  void refusedCommit() {
    instance
        .home()
        .set(
            new HomeState(
                RUNNING,
                List.of(RUNNING),
                null,
                Map.of(NEXT, "it exited"),
                List.of(),
                0,
                Map.of(),
                null,
                null));

    assertRefused(deploy("d1", 5, NEXT), Refusal.REFUSED_COMMIT, "it exited", "--force");
    assertThat(instance.run(new InstanceRequest.Deploy(D1, 5, NEXT, "", true)))
        .isEqualTo(new Decision.Accepted());
  }

  @Test
  void noLauncher() {
    instance.withoutLauncher();

    assertRefused(deploy("d1", 5, NEXT), Refusal.NO_LAUNCHER, "no launcher");
  }

  @Test
  void noCommit() {
    instance.withoutCommit();

    assertRefused(deploy("d1", 5, NEXT), Refusal.NO_LAUNCHER, "which commit");
  }

  @Test
  void homeUnwritable() {
    instance.home().setUnwritable("it is read-only");

    assertRefused(deploy("d1", 5, NEXT), Refusal.HOME_UNWRITABLE, "read-only");
    assertRefused(new InstanceRequest.Stage(D1, NEXT), Refusal.HOME_UNWRITABLE, "read-only");
  }

  @Test
  void homeThatFailsToRecordTheDeploy() {
    instance.home().failChanges(true);

    assertRefused(deploy("d1", 5, NEXT), Refusal.HOME_UNWRITABLE, "no space left");
  }

  @Test
  void noReadiness() {
    instance.withoutReadiness();

    assertRefused(deploy("d1", 5, NEXT), Refusal.NO_READINESS, "--ready or --ready-after");
  }

  @Test
  void unknownStrategy() {
    assertRefused(
        new InstanceRequest.Deploy(D1, 5, NEXT, "teleport", false),
        Refusal.UNKNOWN_STRATEGY,
        "'teleport' is unknown to this version",
        "process");
    assertRefused(
        new InstanceRequest.Deploy(D1, 5, NEXT, "module", false),
        Refusal.UNKNOWN_STRATEGY,
        "'module' was not prepared at the start",
        "process",
        "--strategies");
    assertThat(instance.run(new InstanceRequest.Deploy(D1, 5, NEXT, "process", false)))
        .isEqualTo(new Decision.Accepted());
  }

  @Test
  void aStrategyThatCouldNotBePreparedIsRefusedWithItsReason() {
    instance.notPrepared("module", "the command starts a module (-m); use -cp");

    assertRefused(
        new InstanceRequest.Deploy(D1, 5, NEXT, "module", false),
        Refusal.UNKNOWN_STRATEGY,
        "the strategy 'module' could not be prepared at the start: the command starts a module"
            + " (-m); use -cp; choose one of process");
  }

  @Test
  void notStaged() {
    assertRefused(
        new InstanceRequest.Activate(D1, 5, NEXT, "", false), Refusal.NOT_STAGED, "next", "stage");
  }

  @Test
  void noStore() {
    instance.withoutStore();

    assertRefused(deploy("d1", 5, NEXT), Refusal.NO_STORE, "--store is missing");
    assertRefused(new InstanceRequest.Stage(D1, NEXT), Refusal.NO_STORE, "--store is missing");
    assertThat(instance.deployer().snapshot().deploys().storeUnusableBecause())
        .contains("--store is missing");
  }

  @Test
  void nothingToRollBackTo() {
    assertRefused(
        new InstanceRequest.Rollback(D1, 5, ""),
        Refusal.NOTHING_TO_ROLL_BACK_TO,
        "no release in the home was proven before");
  }

  @Test
  void stopping() {
    instance.deployer().stopping();

    assertRefused(deploy("d1", 5, NEXT), Refusal.STOPPING, "told to stop");
    assertRefused(new InstanceRequest.Stage(D1, NEXT), Refusal.STOPPING, "told to stop");
    assertThat(instance.deployer().snapshot().state()).isEqualTo(InstanceState.STOPPING);
  }

  @Test
  void classesOutsideRelease() {
    instance.classes(0, 7);

    assertRefused(
        deploy("d1", 5, NEXT), Refusal.CLASSES_OUTSIDE_RELEASE, "relative paths or {release}");
  }

  @Test
  void someClassesOutsideAreNoReason() {
    instance.classes(1, 700);

    assertThat(instance.run(deploy("d1", 5, NEXT))).isEqualTo(new Decision.Accepted());
  }

  @Test
  void noClassesYetAreNoReason() {
    instance.classes(0, 0);

    assertThat(instance.run(deploy("d1", 5, NEXT))).isEqualTo(new Decision.Accepted());
  }

  @Test
  void onProbation() throws IOException {
    instance.home().change(before -> before.withPending(pending("d0", RUNNING, false)));

    assertRefused(deploy("d1", 5, NEXT), Refusal.ON_PROBATION, "d0", "not proven yet");
    assertRefused(new InstanceRequest.Rollback(D1, 5, ""), Refusal.ON_PROBATION, "d0");
  }

  @Test
  void isForetoldByTheStatus() {
    assertThat(instance.deployer().snapshot().deploys().refusedBecause()).isEmpty();
    instance.home().setUnwritable("it is read-only");
    assertThat(instance.deployer().snapshot().deploys().refusedBecause())
        .isEqualTo("it is read-only");
  }

  private static PendingActivation pending(String id, Commit to, boolean rollback) {
    return new PendingActivation(
        new DeployId(id), 4, new Commit("old"), to, "process", rollback, Map.of());
  }

  private static DeployOutcome failed(String id, long sequence, Commit commit) {
    return new DeployOutcome(
        new DeployId(id),
        sequence,
        commit,
        RUNNING,
        DeployResult.FAILED,
        "it broke",
        null,
        List.of(),
        Map.of());
  }

  private void assertRefused(InstanceRequest request, Refusal refusal, String... words) {
    HomeState before = instance.home().state();
    int told = instance.notices().size();

    Decision decision = instance.submit(request);

    assertThat(decision).isEqualTo(new Decision.Refused(refusal));
    assertThat(instance.notices()).hasSize(told + 1);
    DeployReport report = instance.report();
    assertThat(report.id()).isEqualTo(request.id());
    assertThat(report.result()).isEqualTo(ReportedResult.REFUSED);
    assertThat(report.refusal()).isEqualTo(refusal);
    assertThat(report.reason()).contains(words).doesNotContain("\n");
    assertThat(instance.home().state()).isEqualTo(before);
  }
}
