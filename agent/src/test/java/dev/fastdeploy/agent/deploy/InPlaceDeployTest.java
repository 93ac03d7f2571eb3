package dev.fastdeploy.agent.deploy;

import static dev.fastdeploy.agent.deploy.Instance.NEXT;
import static dev.fastdeploy.agent.deploy.Instance.RUNNING;
import static dev.fastdeploy.agent.deploy.Instance.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.reload.InPlaceReload;
import dev.fastdeploy.agent.reload.Obstacle;
import dev.fastdeploy.agent.reload.OldLoaders;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployResult;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Deploys after which the same process runs the other release. */
class InPlaceDeployTest {

  private static final Commit THIRD = new Commit("third");

  private final InPlace strategy = new InPlace("redefine");
  private final Instance instance = new Instance().prepared(strategy);

  @Test
  void provesTheReleaseItselfAndGoesOnWithIt() {
    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.PROVEN);
    assertThat(instance.report().phases())
        .containsOnlyKeys(
            Phase.ACCEPTED,
            Phase.STAGED,
            Phase.ACTIVATED,
            Phase.DRAINING,
            Phase.STARTED,
            Phase.READY,
            Phase.PROVEN);
    assertThat(strategy.steps).containsExactly("examine next", "reload next", "proven");
    HomeState memory = instance.home().state();
    assertThat(memory.lastProven()).contains(NEXT);
    assertThat(memory.pending()).isNull();
    assertThat(instance.home().current()).isEqualTo(NEXT);
    assertThat(instance.deployer().snapshot().releases().running()).isEqualTo(NEXT);
    assertThat(instance.deployer().snapshot().state()).isEqualTo(InstanceState.READY);
  }

  @Test
  void aStrategyThatNeedsALauncherIsRefusedAsSuchWhereThereIsNone() {
    instance.run(new InstanceRequest.Deploy(new DeployId("d1"), 5, NEXT, "process", false));

    assertThat(instance.report().refusal()).isEqualTo(Refusal.UNKNOWN_STRATEGY);
    assertThat(instance.report().reason())
        .contains("'process' needs a launcher", "choose one of redefine", "fastdeploy run");
  }

  @Test
  void soaksAsLongAsAProcessDoes() {
    instance.run(deploy("d1", 5, NEXT));

    assertThat(Duration.ofNanos(instance.waiting().nanos()))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_100));
  }

  @Test
  void theLauncherKnowsWhatRunsAtEachMoment() {
    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.told())
        .containsExactly("runs next on probation", "files next true", "runs next");
  }

  @Test
  void whatIsRunningCanBeReplacedAgain() {
    instance.run(deploy("d1", 5, NEXT));
    instance.run(deploy("d2", 6, THIRD));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.PROVEN);
    assertThat(instance.report().from()).isEqualTo(NEXT);
    assertThat(instance.deployer().snapshot().releases().running()).isEqualTo(THIRD);
    assertThat(instance.run(deploy("d3", 7, THIRD)))
        .isEqualTo(new Decision.Refused(Refusal.ALREADY_RUNNING));
  }

  @Test
  void isNotReadyWhileTheCodeIsReplaced() {
    readinessIsOnlyOf(RUNNING);

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.readiness())
        .containsExactly(
            "the service ends its work for the deploy d1", "the release running is started again");
  }

  @Test
  void loadBalancersGetTimeBeforeAReloadInPlace() {
    instance.preDrain(Duration.ofSeconds(10)).run(deploy("d1", 5, NEXT));

    assertThat(instance.report().phases()).containsKey(Phase.PRE_DRAINING);
    assertThat(instance.report().result()).isEqualTo(ReportedResult.PROVEN);
  }

  @Test
  void loadBalancersNeedNoTimeWhereTheServiceGoesOnServing() {
    strategy.keepsFiles = true;

    instance.preDrain(Duration.ofSeconds(10)).run(deploy("d1", 5, NEXT));

    assertThat(instance.report().phases()).doesNotContainKey(Phase.PRE_DRAINING);
    assertThat(instance.report().result()).isEqualTo(ReportedResult.PROVEN);
  }

  @Test
  void anOperatorGoesBackInPlaceToo() {
    instance.run(deploy("d1", 5, NEXT));

    instance.run(new InstanceRequest.Rollback(new dev.fastdeploy.contract.DeployId("d2"), 6, ""));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.PROVEN);
    assertThat(instance.deployer().snapshot().releases().running()).isEqualTo(RUNNING);
  }

  @Test
  void goesBackFromAReleaseThatIsNeverReady() {
    readinessIsOnlyOf(RUNNING);

    instance.run(deploy("d1", 5, NEXT));

    DeployReport report = instance.report();
    assertThat(report.result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(report.reason()).isEqualTo("it was not ready after 60000 ms: 503 of next");
    assertThat(report.lastLines()).containsExactly("what the launcher saw last");
    assertThat(report.phases()).containsKey(Phase.RESTORED).doesNotContainKey(Phase.PROVEN);
    assertThat(strategy.steps)
        .containsExactly("examine next", "reload next", "restore running", "restored");
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.home().state().refused()).containsKey(NEXT);
    assertThat(instance.deployer().snapshot().releases().running()).isEqualTo(RUNNING);
    assertThat(instance.told()).endsWith("files running true", "runs running");
  }

  @Test
  void aFailureInPlaceIsHeldAgainstTheStrategyAlone() {
    Ending process = new Ending();
    instance.prepared(strategy, process);
    readinessIsOnlyOf(RUNNING);
    instance.run(deploy("d1", 5, NEXT));

    instance.run(deploy("d2", 6, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.REFUSED);
    assertThat(instance.report().reason())
        .isEqualTo(
            "the commit next did not come up before (redefine: it was not ready after 60000 ms:"
                + " 503 of next); deploy it by another strategy, or with --force to try again");
    instance.run(
        new InstanceRequest.Deploy(
            new dev.fastdeploy.contract.DeployId("d3"), 7, NEXT, "process", false));
    assertThat(process.reloads).containsExactly("next");
  }

  @Test
  void aRollbackThatFailsInPlaceCanBeDoneByAnotherStrategy() {
    Ending process = new Ending();
    instance.prepared(strategy, process);
    instance.run(deploy("d1", 5, NEXT));
    readinessIsOnlyOf(NEXT);
    instance.run(new InstanceRequest.Rollback(new dev.fastdeploy.contract.DeployId("d2"), 6, ""));
    assertThat(instance.report().result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.home().state().proven()).containsExactly(NEXT, RUNNING);

    instance.run(
        new InstanceRequest.Rollback(new dev.fastdeploy.contract.DeployId("d3"), 7, "process"));

    assertThat(process.reloads).containsExactly("running");
  }

  @Test
  void goesBackAtOnceFromAReleaseWhoseMainFailed() {
    strategy.failure = "its main method failed: boom";
    instance.onReleaseChanged(release -> noFailureOf(RUNNING, release));

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().reason())
        .isEqualTo("its main method failed: boom before it was ready");
    assertThat(Duration.ofNanos(instance.waiting().nanos())).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void goesBackFromAReleaseThatFailsInItsSoak() {
    instance.waiting().after(Duration.ofSeconds(2), () -> strategy.failure = "it called exit(3)");
    instance.onReleaseChanged(release -> noFailureOf(RUNNING, release));

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.report().reason()).isEqualTo("it called exit(3) in its soak");
  }

  @Test
  void aDeclinedReloadChangesNothing() {
    strategy.declines = "a native library";

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.report().reason()).isEqualTo("a native library");
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.deployer().snapshot().releases().running()).isEqualTo(RUNNING);
    assertThat(instance.told()).containsExactly("runs next on probation", "runs running");
  }

  @Test
  void aReloadThatBreaksOffIsTakenBack() {
    strategy.breaks = new IllegalStateException("half way");

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.report().reason()).contains("broke off", "half way");
    assertThat(strategy.steps).endsWith("restore running", "restored");
  }

  @Test
  void aReloadThatRunsOutOfMemoryIsTakenBackToo() {
    strategy.exhausted = new OutOfMemoryError("unable to create native thread");

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.report().reason()).contains("broke off", "native thread");
    assertThat(strategy.steps).endsWith("restore running", "restored");
    assertThat(instance.told()).endsWith("runs running");
  }

  @Test
  void otherStrategiesHearThatAReleaseIsLoadedFromItsOwnFiles() {
    InPlace other = new InPlace("other");
    instance.prepared(strategy, other);

    instance.run(deploy("d1", 5, NEXT));

    assertThat(other.steps).containsExactly("files of next");
  }

  @Test
  void aReleaseThatTheStrategyCannotTakeIsNotActivated() {
    strategy.refuses = "app.jar: com.example.Main: the field count was added";

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.report().reason())
        .isEqualTo("redefine: app.jar: com.example.Main: the field count was added");
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.home().state().refused()).isEmpty();
    assertThat(instance.told()).isEmpty();
  }

  @Test
  void theProcessEndsUnannouncedWhereGoingBackFails() {
    readinessIsOnlyOf(RUNNING);
    strategy.restoreFails = new ReloadDeclinedException("no memory");

    instance.run(deploy("d1", 5, NEXT));

    // The launcher has not been told that anything else runs: it goes back itself.
    assertThat(instance.told())
        .containsExactly("runs next on probation", "files next true", "exit broken");
    assertThat(instance.home().state().refused()).containsKey(NEXT);
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.events()).noneMatch(DeployEvent.Ended.class::isInstance);
  }

  @Test
  void anErrorThatKeepsItFromGoingBackEndsTheProcessToo() {
    readinessIsOnlyOf(RUNNING);
    strategy.restoreFails = new OutOfMemoryError("Metaspace");

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.told()).endsWith("exit broken");
  }

  @Test
  void theProcessEndsWhereTheReleaseBeforeIsNotReadyEither() {
    instance.onReleaseChanged(release -> instance.unready("503 of " + release.commit()));

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.told())
        .endsWith("files running true", "exit broken")
        .doesNotContain("runs running");
    assertThat(instance.home().state().refused()).containsKey(NEXT);
  }

  @Test
  void aFullDiskKeepsNoProcessWhereNothingServes() {
    readinessIsOnlyOf(RUNNING);
    strategy.restoreFails = new ReloadDeclinedException("no memory");
    instance.waiting().after(Duration.ofSeconds(30), () -> instance.home().failChanges(true));

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.told()).endsWith("exit broken");
    assertThat(Duration.ofNanos(instance.waiting().nanos())).isLessThan(Duration.ofSeconds(62));
  }

  @Test
  void aFullDiskKeepsNoProcessWhereTheReleaseBeforeIsNotReadyEither() {
    instance.onReleaseChanged(release -> instance.unready("503 of " + release.commit()));
    instance.waiting().after(Duration.ofSeconds(30), () -> instance.home().failChanges(true));

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.told()).endsWith("files running true", "exit broken");
    assertThat(Duration.ofNanos(instance.waiting().nanos())).isLessThan(Duration.ofSeconds(125));
  }

  @Test
  void aProbationThatBreaksOffIsTakenBack() {
    strategy.failureBreaks = new OutOfMemoryError("Java heap space");
    instance.onReleaseChanged(
        release -> {
          if (release.commit().equals(RUNNING)) {
            strategy.failureBreaks = null;
          }
        });

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.report().reason()).contains("its probation broke off", "heap space");
    assertThat(strategy.steps).endsWith("restore running", "restored");
    assertThat(instance.told()).endsWith("runs running");
  }

  @Test
  void whatCannotBeTakenBackInOneGoEndsTheProcess() {
    strategy.failureBreaks = new OutOfMemoryError("Java heap space");

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.told()).endsWith("exit broken").doesNotContain("runs running");
    assertThat(instance.home().state().refused()).containsKey(NEXT);
    assertThat(instance.home().current()).isEqualTo(RUNNING);
  }

  @Test
  void aStopWhileGoingBackFailsIsLeftToWhoStops() {
    readinessIsOnlyOf(RUNNING);
    strategy.restoreFails = new ReloadDeclinedException("no memory");
    strategy.whileRestoring = () -> instance.deployer().stopping();

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.told()).doesNotContain("exit broken");
  }

  @Test
  void aStopOnProbationIsNoVerdict() {
    readinessIsOnlyOf(RUNNING);
    instance.waiting().after(Duration.ofSeconds(3), () -> instance.deployer().stopping());

    instance.run(deploy("d1", 5, NEXT));

    assertThat(strategy.steps).containsExactly("examine next", "reload next", "process ends");
    assertThat(instance.home().state().pending()).isNotNull();
    assertThat(instance.home().state().refused()).isEmpty();
    assertThat(instance.deployer().snapshot().state()).isEqualTo(InstanceState.STOPPING);
    assertThat(Duration.ofNanos(instance.waiting().nanos())).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void anExitThatRacesTheStopIsNoFailure() {
    strategy.failure = "it asked for the end of the JVM, with exit code 0";
    instance.waiting().after(Duration.ofMillis(1), () -> instance.deployer().stopping());

    instance.run(deploy("d1", 5, NEXT));

    assertThat(strategy.steps).containsExactly("examine next", "reload next", "process ends");
    assertThat(instance.home().state().refused()).isEmpty();
  }

  @Test
  void aStopWhileTheReleaseBeforeComesBackLeavesTheVerdict() {
    readinessIsOnlyOf(THIRD);
    instance.waiting().after(Duration.ofSeconds(62), () -> instance.deployer().stopping());

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.report().phases()).doesNotContainKey(Phase.RESTORED);
    assertThat(instance.told()).doesNotContain("exit broken");
  }

  @Test
  void aVerdictIsKeptUntilTheDiskHasRoom() {
    instance.waiting().after(Duration.ofSeconds(4), () -> instance.home().failChanges(true));
    instance.waiting().after(Duration.ofSeconds(30), () -> instance.home().failChanges(false));

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.home().state().lastProven()).contains(NEXT);
    assertThat(instance.home().state().outcomes())
        .first()
        .satisfies(outcome -> assertThat(outcome.result()).isEqualTo(DeployResult.PROVEN));
  }

  @Test
  void theFilesThatTheProcessWasStartedFromStay() {
    instance.run(deploy("d1", 5, NEXT));
    instance.run(deploy("d2", 6, THIRD));
    instance.run(deploy("d3", 7, new Commit("fourth")));

    // The image's is the one it was started from, too; what went between is not.
    assertThat(instance.home().removed()).containsExactly(NEXT);
    assertThat(instance.home().has(RUNNING)).isTrue();
  }

  @Test
  void oldReleasesThatCouldNotBeRemovedAreTriedAgain() {
    instance.home().failCleaning(new IllegalStateException("a bug"));
    instance.run(deploy("d1", 5, NEXT));
    assertThat(instance.report().result()).isEqualTo(ReportedResult.PROVEN);
    assertThat(instance.home().cleanings()).isZero();
    instance.home().failCleaning(null);

    instance.deployer().stateChanged();
    instance.work();
    instance.deployer().stateChanged();
    instance.work();

    assertThat(instance.home().cleanings()).isOne();
    assertThat(instance.events()).filteredOn(DeployEvent.Ended.class::isInstance).hasSize(1);
  }

  @Test
  void theFilesThatClassesAreLoadedFromStayHoweverOftenBodiesAreReplaced() {
    instance.run(deploy("d1", 5, NEXT));
    strategy.keepsFiles = true;
    instance.run(deploy("d2", 6, THIRD));
    instance.run(deploy("d3", 7, new Commit("fourth")));
    instance.run(deploy("d4", 8, new Commit("fifth")));

    assertThat(instance.home().removed()).containsExactly(THIRD);
    assertThat(instance.home().has(NEXT)).isTrue();
  }

  @Test
  void tellsWhatBecameOfOldLoaders() {
    strategy.loaders = new OldLoaders(1, 0, 2, List.of("thread 'x'"), List.of(), 1000);

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.events()).contains(new DeployEvent.Loaders(strategy.loaders));
    assertThat(instance.deployer().snapshot().code().oldLoaders()).contains(strategy.loaders);
  }

  @Test
  void autoTakesTheFirstThatCanAndSaysWhyNotAnother() {
    strategy.keepsFiles = true;
    strategy.refuses = "a resource differs";
    Ending process = new Ending();
    instance.prepared(strategy, process);

    instance.run(new InstanceRequest.Deploy(deploy("d1", 5, NEXT).id(), 5, NEXT, "auto", false));

    assertThat(instance.events())
        .contains(
            new DeployEvent.Accepted(RUNNING, "auto"),
            new DeployEvent.Chosen("process", "redefine: a resource differs"));
    assertThat(process.reloads).containsExactly("next");
  }

  @Test
  void autoSaysWhichItTook() {
    instance.run(new InstanceRequest.Deploy(deploy("d1", 5, NEXT).id(), 5, NEXT, "auto", false));

    assertThat(instance.events()).contains(new DeployEvent.Chosen("redefine", ""));
    assertThat(instance.report().result()).isEqualTo(ReportedResult.PROVEN);
  }

  @Test
  void autoHasAnOrderOfItsOwn() {
    InPlace redefine = new InPlace("redefine");
    redefine.keepsFiles = true;
    instance.prepared(new InPlace("module"), new Ending(), redefine);

    instance.run(new InstanceRequest.Deploy(deploy("d1", 5, NEXT).id(), 5, NEXT, "auto", false));
    redefine.refuses = "a resource differs";
    instance.run(new InstanceRequest.Deploy(deploy("d2", 6, THIRD).id(), 6, THIRD, "auto", false));

    assertThat(instance.events())
        .filteredOn(DeployEvent.Chosen.class::isInstance)
        .containsExactly(
            new DeployEvent.Chosen("redefine", ""),
            new DeployEvent.Chosen("process", "redefine: a resource differs"));
  }

  @Test
  void autoPrefersWhatWasNamedFirstOfTwoThatAreAlike() {
    instance.prepared(new InPlace("other"), new InPlace("module"));

    instance.run(new InstanceRequest.Deploy(deploy("d1", 5, NEXT).id(), 5, NEXT, "auto", false));

    assertThat(instance.events()).contains(new DeployEvent.Chosen("other", ""));
  }

  @Test
  void theProcessIsEndedWhereThatOvercomesAnObstacle() {
    strategy.obstacle = new Obstacle("2 old loaders leaked", true);
    Ending process = new Ending();
    instance.prepared(strategy, process);

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.events())
        .contains(new DeployEvent.Chosen("process", "redefine: 2 old loaders leaked"));
    assertThat(process.reloads).containsExactly("next");
  }

  @Test
  void anObstacleRefusesWhereNothingOvercomesIt() {
    strategy.obstacle = new Obstacle("it loaded libz.so", false);
    instance.prepared(strategy, new Ending());

    assertThat(instance.run(deploy("d1", 5, NEXT)))
        .isEqualTo(new Decision.Refused(Refusal.STRATEGY_UNAVAILABLE));
    assertThat(instance.report().reason()).isEqualTo("redefine: it loaded libz.so");
  }

  @Test
  void anObstacleRefusesWhereNoLauncherCanStartTheProcessAgain() {
    strategy.obstacle = new Obstacle("2 old loaders leaked", true);
    instance.takingDeploysWithoutLauncher();

    assertThat(instance.run(deploy("d1", 5, NEXT)))
        .isEqualTo(new Decision.Refused(Refusal.STRATEGY_UNAVAILABLE));
  }

  @Test
  void deploysWithoutALauncherWhereThatIsConfigured() {
    instance.takingDeploysWithoutLauncher();

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.PROVEN);
  }

  private void readinessIsOnlyOf(Commit commit) {
    instance.onReleaseChanged(
        release ->
            instance.unready(
                release.commit().equals(commit) ? null : "503 of " + release.commit()));
  }

  private void noFailureOf(Commit commit, Release release) {
    if (release.commit().equals(commit)) {
      strategy.failure = null;
    }
  }

  private static final class InPlace implements InPlaceReload {

    private final String name;
    private final List<String> steps = new ArrayList<>();
    private @Nullable String refuses;
    private @Nullable String declines;
    private @Nullable RuntimeException breaks;
    private @Nullable Error exhausted;
    private @Nullable String failure;
    private @Nullable Throwable restoreFails;
    private @Nullable Error failureBreaks;
    private Runnable whileRestoring = () -> {};
    private @Nullable Obstacle obstacle;
    private @Nullable OldLoaders loaders;
    private boolean keepsFiles;

    InPlace(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Optional<Obstacle> obstacle() {
      return Optional.ofNullable(obstacle);
    }

    @Override
    public Optional<OldLoaders> oldLoaders() {
      return Optional.ofNullable(loaders);
    }

    @Override
    public void examine(Release running, Release staged) throws ReloadDeclinedException {
      steps.add("examine " + staged.commit());
      if (refuses != null) {
        throw new ReloadDeclinedException(refuses);
      }
    }

    @Override
    public void reload(ReloadRequest request) throws ReloadDeclinedException {
      if (declines != null) {
        throw new ReloadDeclinedException(declines);
      }
      steps.add("reload " + request.to().commit());
      request.progress().draining(Duration.ofSeconds(20));
      if (breaks != null) {
        throw breaks;
      }
      if (exhausted != null) {
        throw exhausted;
      }
      request.progress().reloading();
    }

    @Override
    public Optional<String> failure() {
      if (failureBreaks != null) {
        throw failureBreaks;
      }
      return Optional.ofNullable(failure);
    }

    @Override
    public void restore(Release before) throws ReloadDeclinedException {
      steps.add("restore " + before.commit());
      whileRestoring.run();
      if (restoreFails instanceof ReloadDeclinedException declined) {
        throw declined;
      }
      if (restoreFails instanceof Error error) {
        throw error;
      }
    }

    @Override
    public void restored() {
      steps.add("restored");
    }

    @Override
    public void readsFilesOf(Release release) {
      steps.add("files of " + release.commit());
    }

    @Override
    public boolean interrupts() {
      return !keepsFiles;
    }

    @Override
    public boolean replacesFiles() {
      return !keepsFiles;
    }

    @Override
    public void processEnds() {
      steps.add("process ends");
    }

    @Override
    public void proven() {
      steps.add("proven");
    }
  }

  /** Stands for the strategy that ends the process. */
  private static final class Ending implements ReloadStrategy {

    private final List<String> reloads = new ArrayList<>();

    @Override
    public String name() {
      return "process";
    }

    @Override
    public void reload(ReloadRequest request) {
      reloads.add(request.to().commit().id());
    }
  }
}
