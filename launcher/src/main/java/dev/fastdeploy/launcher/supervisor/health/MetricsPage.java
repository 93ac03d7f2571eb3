package dev.fastdeploy.launcher.supervisor.health;

import dev.fastdeploy.contract.Phase;
import java.util.Map;
import java.util.TreeMap;

/** Writes a snapshot as metrics. */
final class MetricsPage {

  private MetricsPage() {}

  static String of(HealthSnapshot now) {
    Exposition page = new Exposition();
    if (!now.commit().isEmpty()) {
      page.sample(Metric.RELEASE_INFO, 1, now.commit());
    }
    for (HealthState state : HealthState.values()) {
      page.flag(Metric.INSTANCE_STATE, state == now.state(), state.label());
    }
    page.flag(Metric.INSTANCE_LIVE, now.live())
        .flag(Metric.INSTANCE_READY, now.ready())
        .sample(Metric.START_ATTEMPT, now.attempt());
    for (ReloadCount reloads : now.reloads()) {
      page.sample(Metric.RELOADS, reloads.count(), reloads.strategy(), reloads.outcome());
    }
    page.sample(Metric.ROLLBACKS, now.rollbacks());
    new TreeMap<>(now.restarts())
        .forEach((reason, count) -> page.sample(Metric.RESTARTS, count, reason));
    now.lastReload().ifPresent(times -> append(page, times));
    page.seconds(Metric.LAUNCHER_START, now.launcherStartMillis());
    if (now.serviceStartMillis() > 0) {
      page.seconds(Metric.SERVICE_START, now.serviceStartMillis());
    }
    return page.toString();
  }

  private static void append(Exposition page, ReloadTimes times) {
    times.millis().ifPresent(millis -> page.seconds(Metric.LAST_RELOAD, millis));
    for (Map.Entry<Phase, Long> phase : times.phaseMillis().entrySet()) {
      page.seconds(Metric.LAST_RELOAD_PHASE, phase.getValue(), phase.getKey().label());
    }
  }
}
