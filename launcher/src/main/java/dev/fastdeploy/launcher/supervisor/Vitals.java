package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.StrategyName;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.exit.RestartReason;
import dev.fastdeploy.launcher.supervisor.health.HealthSnapshot;
import dev.fastdeploy.launcher.supervisor.health.ReloadCount;
import dev.fastdeploy.launcher.supervisor.health.ReloadTimes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The figures that the launcher publishes: counts and times over all starts of its service. */
@SupervisorThread
final class Vitals {

  private static final String PROVEN = "proven";
  private static final String ROLLED_BACK = "rolled_back";

  private final Function<DeployId, Optional<DeployOutcome>> outcomes;
  private final long launcherStart = System.currentTimeMillis();

  /** By strategy, then by outcome. */
  private final Map<String, Map<String, Long>> reloads = new TreeMap<>();

  private final Map<String, Long> restarts = new TreeMap<>();
  private long serviceStart;
  private int attempt;
  private long rollbacks;
  private @Nullable PendingActivation underWay;
  private Optional<ReloadTimes> lastReload = Optional.empty();

  /**
   * @param outcomes finds the outcome of a deploy that is over
   */
  Vitals(RunOptions options, Function<DeployId, Optional<DeployOutcome>> outcomes) {
    this.outcomes = outcomes;
    // A counter that appears with its first increment hides that increment from a rate.
    for (String strategy : StrategyName.prepared(options.settings())) {
      count(strategy, PROVEN, 0);
      count(strategy, ROLLED_BACK, 0);
    }
    for (RestartReason reason : RestartReason.values()) {
      restarts.put(reason.label(), 0L);
    }
  }

  /**
   * Records that the service was started.
   *
   * @param which the number of this start by the launcher
   * @param why null for the first start
   */
  void started(int which, @Nullable RestartReason why) {
    attempt = which;
    serviceStart = System.currentTimeMillis();
    if (why != null) {
      restarts.merge(why.label(), 1L, Long::sum);
    }
  }

  /** Records that an activated release is about to run. */
  void reloadBegins(PendingActivation activation) {
    underWay = activation;
  }

  /** Records that this release is proven. */
  void reloadProven() {
    ended(PROVEN);
    underWay = null;
  }

  /** Records that it did not come up, and the previous one is to run again. */
  void reloadTakenBack() {
    rollbacks++;
    ended(ROLLED_BACK);
  }

  /** Records that the previous one is ready again. */
  void restored() {
    takeTimes();
    underWay = null;
  }

  private void ended(String outcome) {
    if (underWay != null) {
      count(underWay.strategy(), outcome, 1);
      takeTimes();
    }
  }

  private void takeTimes() {
    if (underWay != null) {
      lastReload =
          outcomes
              .apply(underWay.id())
              .map(outcome -> ReloadTimes.of(outcome.phases()))
              .or(() -> lastReload);
    }
  }

  private void count(String strategy, String outcome, long more) {
    reloads.computeIfAbsent(strategy, unseen -> new TreeMap<>()).merge(outcome, more, Long::sum);
  }

  /**
   * Returns what is known now.
   *
   * @param commit empty if nothing was started yet
   */
  HealthSnapshot snapshot(
      ServiceCondition condition, ServiceReadiness readiness, String commit, long now) {
    return new HealthSnapshot(
        condition.state(readiness, now),
        commit,
        attempt,
        condition.unreadyBecause(readiness, now),
        condition.deadBecause(readiness, now),
        launcherStart,
        serviceStart,
        reloadCounts(),
        rollbacks,
        restarts,
        lastReload);
  }

  private List<ReloadCount> reloadCounts() {
    return reloads.entrySet().stream()
        .flatMap(
            strategy ->
                strategy.getValue().entrySet().stream()
                    .map(
                        outcome ->
                            new ReloadCount(
                                strategy.getKey(), outcome.getKey(), outcome.getValue())))
        .toList();
  }
}
