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
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Refusal;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a deploy does, in which order, and what is left when it does not work. */
class DeployerTest {

  private static final DeployId D1 = new DeployId("d1");
  private static final Commit OLD = new Commit("old");

  private final Instance instance = new Instance();

  @Test
  void tellsEachStepInOrder() {
    instance.progress(50, 50);

    assertThat(instance.run(deploy("d1", 5, NEXT))).isEqualTo(new Decision.Accepted());

    assertThat(instance.events())
        .containsExactly(
            new DeployEvent.Accepted(RUNNING, "process"),
            new DeployEvent.Staging(50, 100),
            new DeployEvent.Staging(100, 100),
            new DeployEvent.Staged(false, ""),
            new DeployEvent.Activated(RUNNING),
            new DeployEvent.Draining(1020 + 20_000),
            new DeployEvent.Reloading("process", true));
    assertThat(instance.notices()).allMatch(notice -> notice.id().equals(D1));
    assertThat(instance.notices()).allMatch(notice -> NEXT.equals(notice.commit()));
    assertThat(instance.reloads()).isOne();
  }

  @Test
  void recordsTheActivationBeforeTheReload() {
    instance.run(deploy("d1", 5, NEXT));

    PendingActivation pending = Objects.requireNonNull(instance.home().state().pending());
    assertThat(pending.id()).isEqualTo(D1);
    assertThat(pending.sequence()).isEqualTo(5);
    assertThat(pending.from()).isEqualTo(RUNNING);
    assertThat(pending.to()).isEqualTo(NEXT);
    assertThat(pending.rollback()).isFalse();
    assertThat(pending.phases())
        .containsOnlyKeys(Phase.ACCEPTED, Phase.STAGED, Phase.ACTIVATED, Phase.DRAINING);
    assertThat(instance.home().current()).isEqualTo(NEXT);
    assertThat(instance.home().state().lastSequence()).isEqualTo(5);
    assertThat(instance.home().state().outcome(D1)).isEmpty();
  }

  @Test
  void fetchesNothingThatIsThere() {
    instance.withoutStore().home().put(NEXT);

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.events()).contains(new DeployEvent.Staged(true, ""));
  }

  @Test
  void tellsOfTheFirstAndTheLastFetchedBytes() {
    long[] bytes = LongStream.generate(() -> 1).limit(100).toArray();
    instance.progress(bytes);

    instance.run(deploy("d1", 5, NEXT));

    List<DeployEvent> staging =
        instance.events().stream().filter(DeployEvent.Staging.class::isInstance).toList();
    assertThat(staging)
        .startsWith(new DeployEvent.Staging(1, 100))
        .endsWith(new DeployEvent.Staging(100, 100));
  }

  @Test
  void staysBusyUntilTheProcessHasEnded() {
    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.deployer().snapshot().state()).isEqualTo(InstanceState.DRAINING);
    assertThat(instance.run(deploy("d2", 6, OLD))).isEqualTo(new Decision.Refused(Refusal.BUSY));
  }

  @Test
  void tellsItsPhaseWhileItGoes() {
    assertThat(instance.deployer().snapshot().state()).isEqualTo(InstanceState.READY);

    instance.submit(deploy("d1", 5, NEXT));

    InstanceSnapshot snapshot = instance.deployer().snapshot();
    assertThat(snapshot.state()).isEqualTo(InstanceState.STAGING);
    assertThat(snapshot.deploys().active()).isEqualTo(D1);
    assertThat(snapshot.deploys().refusedBecause()).contains("d1", "under way");
  }

  @Test
  void answersAKnownDeployWithItsOutcomeAndDeploysNothing() {
    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.run(deploy("d1", 5, NEXT)))
        .isEqualTo(new Decision.Known(ReportedResult.PENDING));
    assertThat(instance.report().result()).isEqualTo(ReportedResult.PENDING);
    assertThat(instance.reloads()).isOne();
  }

  @Test
  void answersADeployOfAnEarlierProcess() throws IOException {
    instance.home().change(before -> before.withOutcome(outcome("d0", DeployResult.PROVEN, 4)));

    assertThat(instance.run(deploy("d0", 4, RUNNING)))
        .isEqualTo(new Decision.Known(ReportedResult.PROVEN));
    assertThat(instance.report().id()).isEqualTo(new DeployId("d0"));
    assertThat(instance.deployer().outcome(new DeployId("d0")).result())
        .isEqualTo(ReportedResult.PROVEN);
  }

  @Test
  void answersADeployOnProbation() throws IOException {
    instance.home().change(before -> before.withPending(pending("d0", RUNNING)));

    assertThat(instance.run(deploy("d0", 4, RUNNING)))
        .isEqualTo(new Decision.Known(ReportedResult.PENDING));
    assertThat(instance.deployer().outcome(new DeployId("d0")).result())
        .isEqualTo(ReportedResult.PENDING);
    assertThat(instance.deployer().snapshot().state()).isEqualTo(InstanceState.PROBATION);
  }

  @Test
  void knowsNothingOfOtherDeploys() throws IOException {
    DeployReport report = instance.deployer().outcome(new DeployId("other"));

    assertThat(report.result()).isEqualTo(ReportedResult.UNKNOWN);
    assertThat(report.reason()).contains("no record of the deploy other");
  }

  @Test
  void recordsAFailureBeforeTheActivation() throws IOException {
    instance.stagingFails("the bucket is gone");

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.report().reason()).isEqualTo("the bucket is gone");
    DeployOutcome recorded = instance.home().state().outcome(D1).orElseThrow();
    assertThat(recorded.result()).isEqualTo(DeployResult.FAILED);
    assertThat(recorded.reason()).isEqualTo("the bucket is gone");
    assertThat(recorded.sequence()).isEqualTo(5);
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.reloads()).isZero();
    assertThat(instance.deployer().outcome(D1).result()).isEqualTo(ReportedResult.FAILED);
  }

  @Test
  void isFreeAgainAfterAFailure() {
    instance.stagingFails("the bucket is gone");
    instance.run(deploy("d1", 5, NEXT));
    instance.stagingFails(null);

    assertThat(instance.run(deploy("d2", 6, NEXT))).isEqualTo(new Decision.Accepted());
    assertThat(instance.reloads()).isOne();
  }

  @Test
  void isFreeAgainAfterAnError() {
    instance.whileStaging(
        () -> {
          throw new LinkageError("a class is missing");
        });

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.deployer().snapshot().deploys().active()).isNull();
  }

  @Test
  void takesADeclinedReloadBack() {
    instance.declining("it stops");

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.report().reason()).isEqualTo("it stops");
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.home().state().pending()).isNull();
    assertThat(instance.home().state().refused()).isEmpty();
    assertThat(instance.deployer().snapshot().state()).isEqualTo(InstanceState.READY);
    assertThat(instance.events())
        .noneMatch(DeployEvent.Draining.class::isInstance)
        .noneMatch(DeployEvent.Reloading.class::isInstance);
  }

  @Test
  void countsAnActivationThatBrokeOffAsFailed() {
    instance.home().failPointing(true);

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.home().state().pending()).isNull();
    assertThat(instance.home().state().outcome(D1).orElseThrow().result())
        .isEqualTo(DeployResult.FAILED);
    assertThat(instance.home().current()).isEqualTo(RUNNING);
  }

  @Test
  void pointsBackAlsoWhereNothingCanBeRecorded() {
    instance.declining("it stops");
    instance.whileReloading(() -> instance.home().failChanges(true));

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.report().reason()).contains("it stops", "no space left");
    assertThat(instance.home().current()).isEqualTo(RUNNING);
  }

  @Test
  void recordsAlsoWhereItCannotPointBack() {
    instance.declining("it stops");
    instance.whileReloading(() -> instance.home().failPointing(true));

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.home().state().pending()).isNull();
    assertThat(instance.home().state().outcome(D1).orElseThrow().result())
        .isEqualTo(DeployResult.ROLLED_BACK);
  }

  @Test
  void deploysAgainAfterAnActivationWhoseEndWasLost() throws IOException {
    instance.home().failPointing(true);
    instance.home().whileActivating(() -> instance.home().failChanges(true));
    instance.run(deploy("d1", 5, NEXT));
    assertThat(instance.report().reason()).contains("link cannot be written", "no space left");
    assertThat(instance.home().state().pending()).isNotNull();
    instance.home().failPointing(false);
    instance.home().failChanges(false);
    instance.home().whileActivating(() -> {});

    InstanceSnapshot snapshot = instance.deployer().snapshot();
    assertThat(snapshot.deploys().refusedBecause()).isEmpty();
    assertThat(snapshot.state()).isEqualTo(InstanceState.READY);
    assertThat(snapshot.releases().memory().pending()).isNull();
    assertThat(instance.deployer().outcome(D1).result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.deployer().outcome(D1).reason()).isEqualTo("the activation broke off");

    assertThat(instance.run(deploy("d2", 6, NEXT))).isEqualTo(new Decision.Accepted());
    assertThat(instance.reloads()).isOne();
    assertThat(instance.home().current()).isEqualTo(NEXT);
    assertThat(Objects.requireNonNull(instance.home().state().pending()).id())
        .isEqualTo(new DeployId("d2"));
    assertThat(instance.home().state().outcome(D1).orElseThrow().result())
        .isEqualTo(DeployResult.ROLLED_BACK);
  }

  @Test
  void pointsBackBeforeItDeploysAfterALostEnd() throws IOException {
    instance.home().activate(pending("d0", NEXT));
    instance.stagingFails("the bucket is gone");

    instance.run(deploy("d1", 5, OLD));

    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.home().state().pending()).isNull();
  }

  @Test
  void isFreeAgainWhereNoThreadCanBeStarted() {
    instance.noThreads(true);
    instance.submit(deploy("d1", 5, NEXT));
    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.report().reason()).contains("native thread");
    instance.noThreads(false);

    assertThat(instance.run(deploy("d2", 6, NEXT))).isEqualTo(new Decision.Accepted());
    assertThat(instance.reloads()).isOne();
  }

  @Test
  void isFreeAgainWhateverFailsAtTheEnd() {
    instance
        .deployer()
        .watch(
            () -> {
              throw new IllegalStateException("a watcher is broken");
            });
    instance.whileStaging(
        () -> {
          instance.home().failChangesWith(new IllegalStateException("a bug"));
          throw new LinkageError("a class is missing");
        });

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.report().reason()).contains("a class is missing", "a bug");
    assertThat(instance.deployer().snapshot().deploys().active()).isNull();
  }

  @Test
  void activatesNothingOnceTheInstanceStops() {
    instance.whileStaging(() -> instance.deployer().stopping());

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.report().reason()).contains("told to stop");
    assertThat(instance.home().current()).isEqualTo(RUNNING);
  }

  @Test
  void recordsADeployThatTheProcessDidNotOutlive() {
    instance.submit(deploy("d1", 5, NEXT));

    instance.deployer().processEnds();

    DeployOutcome recorded = instance.home().state().outcome(D1).orElseThrow();
    assertThat(recorded.result()).isEqualTo(DeployResult.FAILED);
    assertThat(recorded.reason()).contains("the process ended");
    instance.work();
    assertThat(instance.home().current()).isEqualTo(RUNNING);
  }

  @Test
  void leavesAnActivatedDeployToTheLauncherWhenTheProcessEnds() {
    instance.run(deploy("d1", 5, NEXT));

    instance.deployer().processEnds();

    assertThat(instance.home().state().outcome(D1)).isEmpty();
    assertThat(instance.home().state().pending()).isNotNull();
  }

  @Test
  void goesOnWithoutItsClient() {
    instance
        .deployer()
        .submit(
            deploy("d1", 5, NEXT),
            notice -> {
              throw new IllegalStateException("gone");
            });

    instance.work();

    assertThat(instance.reloads()).isOne();
  }

  @Test
  void stagesWithoutActivating() throws IOException {
    assertThat(instance.run(new InstanceRequest.Stage(D1, NEXT)))
        .isEqualTo(new Decision.Accepted());

    assertThat(instance.events())
        .startsWith(new DeployEvent.Accepted(RUNNING, ""), new DeployEvent.Staged(false, ""));
    assertThat(instance.report().result()).isEqualTo(ReportedResult.STAGED);
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.home().state().lastSequence()).isZero();
    assertThat(instance.deployer().outcome(D1).result()).isEqualTo(ReportedResult.STAGED);
  }

  @Test
  void theNextProcessKnowsWhatIsStagedAndNotByWhom() throws IOException {
    instance.run(new InstanceRequest.Stage(D1, NEXT));

    Deployer next = instance.deployer(instance.home(), instance, List.of(instance), instance);

    assertThat(next.outcome(D1).result()).isEqualTo(ReportedResult.UNKNOWN);
    assertThat(next.snapshot().releases().staged()).contains(NEXT);
    assertThat(next.snapshot().releases().memory().outcomes()).isEmpty();
  }

  @Test
  void activatesUnderTheIdThatItWasStagedWith() {
    instance.run(new InstanceRequest.Stage(D1, NEXT));

    assertThat(instance.run(new InstanceRequest.Activate(D1, 5, NEXT, "", false)))
        .isEqualTo(new Decision.Accepted());
    assertThat(instance.reloads()).isOne();
  }

  @Test
  void stagesAgainAfterAFailureUnderTheSameId() {
    instance.stagingFails("the bucket is gone");
    instance.run(new InstanceRequest.Stage(D1, NEXT));
    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    instance.stagingFails(null);

    instance.run(new InstanceRequest.Stage(D1, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.STAGED);
  }

  @Test
  void doesNotTakeADeployForTheStagingOfTheSameId() {
    instance.submit(new InstanceRequest.Stage(D1, NEXT));

    assertThat(instance.submit(deploy("d1", 5, NEXT)))
        .isEqualTo(new Decision.Refused(Refusal.BUSY));
  }

  @Test
  void goesBackToTheProvenReleaseBeforeTheRunning() {
    proven(RUNNING, OLD, NEXT);
    instance.home().put(OLD);
    instance.home().put(NEXT);

    instance.run(new InstanceRequest.Rollback(D1, 5, ""));

    PendingActivation pending = Objects.requireNonNull(instance.home().state().pending());
    assertThat(pending.to()).isEqualTo(OLD);
    assertThat(pending.rollback()).isTrue();
    assertThat(instance.reloads()).isOne();
  }

  @Test
  void neverGoesBackToWhatWasProvenAfterTheRunning() {
    proven(NEXT, RUNNING, OLD);
    instance.home().put(OLD);
    instance.home().put(NEXT);

    instance.run(new InstanceRequest.Rollback(D1, 5, ""));

    assertThat(Objects.requireNonNull(instance.home().state().pending()).to()).isEqualTo(OLD);
  }

  @Test
  void goesBackFurtherWhereAReleaseIsNotInTheHome() {
    proven(RUNNING, OLD, NEXT);
    instance.home().put(NEXT);

    instance.run(new InstanceRequest.Rollback(D1, 5, ""));

    assertThat(Objects.requireNonNull(instance.home().state().pending()).to()).isEqualTo(NEXT);
  }

  @Test
  void cleansUpOnceTheRunningReleaseIsProven() {
    Commit older = new Commit("older");
    Commit image = new Commit("image");
    instance.home().set(HomeState.EMPTY.withNewImage(image));
    proven(RUNNING, OLD, older);
    List.of(OLD, older, image, NEXT).forEach(instance.home()::put);

    instance.deployer().stateChanged();
    instance.work();

    assertThat(instance.home().removed()).containsExactlyInAnyOrder(older, NEXT);
    assertThat(instance.home().staged()).containsExactlyInAnyOrder(RUNNING, OLD, image);

    instance.home().put(older);
    instance.deployer().stateChanged();
    instance.work();
    assertThat(instance.home().staged()).contains(older);
  }

  @Test
  void cleansNothingUpOnProbation() throws IOException {
    instance.home().put(OLD);
    instance.home().change(before -> before.withPending(pending("d0", RUNNING)));

    instance.deployer().stateChanged();
    instance.work();

    assertThat(instance.home().removed()).isEmpty();
  }

  @Test
  void keepsTheReleaseOfADeployThatIsUnderWay() {
    instance.home().put(NEXT);
    instance.submit(new InstanceRequest.Activate(D1, 5, NEXT, "", false));
    instance.deployer().stateChanged();

    instance.work();

    assertThat(instance.home().removed()).doesNotContain(NEXT);
  }

  @Test
  void tellsWatchersOfEachChange() {
    int[] changes = {0};
    instance.deployer().watch(() -> changes[0]++);

    instance.deployer().readinessChanged();
    instance.deployer().stopping();
    assertThat(changes[0]).isEqualTo(2);
    instance.deployer().stateChanged();
    assertThat(changes[0]).isEqualTo(3);
  }

  @Test
  void showsTheLastOutcomes() throws IOException {
    instance.home().change(before -> before.withOutcome(outcome("d0", DeployResult.FAILED, 4)));

    assertThat(instance.deployer().snapshot().deploys().outcomes())
        .singleElement()
        .satisfies(report -> assertThat(report.result()).isEqualTo(ReportedResult.FAILED));
  }

  private void proven(Commit... latestFirst) {
    HomeState before = instance.home().state();
    instance
        .home()
        .set(
            new HomeState(
                before.image(),
                List.of(latestFirst),
                null,
                Map.of(),
                List.of(),
                0,
                Map.of(),
                null,
                null));
  }

  private static PendingActivation pending(String id, Commit to) {
    return new PendingActivation(
        new DeployId(id), 4, OLD, to, "process", false, Collections.emptyMap());
  }

  private static DeployOutcome outcome(String id, DeployResult result, long sequence) {
    return new DeployOutcome(
        new DeployId(id), sequence, RUNNING, OLD, result, "", null, List.of(), Map.of());
  }
}
