package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StrategyName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The strategies that the settings name, of those that could be prepared in this process. */
final class StrategyList {

  private final Settings settings;
  private final List<ReloadStrategy> inPlace;
  private final Map<String, String> notPrepared;

  /**
   * @param inPlace those that keep the process, as far as they could be prepared
   * @param notPrepared why others that the settings name could not be, by name; each has said so
   */
  StrategyList(
      Settings settings, List<? extends ReloadStrategy> inPlace, Map<String, String> notPrepared) {
    this.settings = settings;
    this.inPlace = List.copyOf(inPlace);
    this.notPrepared = Map.copyOf(notPrepared);
  }

  /** Those of a service with a launcher, in the order in which they were named. */
  List<ReloadStrategy> withLauncher(ReloadStrategy process) {
    Set<String> names = new LinkedHashSet<>(StrategyName.prepared(settings));
    // It needs no preparation, and is where the others fall back to.
    names.add(process.name());
    List<ReloadStrategy> all = new ArrayList<>(inPlace);
    all.add(process);
    List<ReloadStrategy> named = new ArrayList<>();
    for (String name : names) {
      if (!StrategyName.KNOWN.contains(name)) {
        Diagnostics.say(
            Setting.STRATEGIES.option()
                + " '"
                + name
                + "' is unknown and not prepared; this version knows "
                + String.join(", ", StrategyName.KNOWN));
      }
      all.stream().filter(strategy -> strategy.name().equals(name)).forEach(named::add);
    }
    return named;
  }

  /** Those of a service that no launcher started: none, unless there is to be a fallback. */
  List<ReloadStrategy> withoutLauncher() {
    Optional<String> fallback = settings.text(Setting.RELOAD_FALLBACK);
    if (fallback.isEmpty()) {
      return List.of();
    }
    String name = fallback.get();
    if (!StrategyName.WITHOUT_LAUNCHER.contains(name)) {
      Diagnostics.say(
          Setting.RELOAD_FALLBACK.option()
              + " '"
              + name
              + "' is not a strategy that works without a launcher; write "
              + String.join(" or ", StrategyName.WITHOUT_LAUNCHER));
      return List.of();
    }
    return inPlace.stream().filter(strategy -> strategy.name().equals(name)).toList();
  }

  /** Why strategies that the settings name could not be prepared, by name. */
  Map<String, String> notPrepared() {
    return notPrepared;
  }

  /** Why nothing can be deployed where no launcher started the service. */
  String noLauncher() {
    for (String name : StrategyName.WITHOUT_LAUNCHER) {
      String because = notPrepared.get(name);
      if (because != null) {
        return "no launcher started this service, and its fallback, the strategy "
            + name
            + ", could not be prepared at the start: "
            + because
            + "; use fastdeploy run";
      }
    }
    return "no launcher started this service; use fastdeploy run, or reload.fallback="
        + String.join(" or ", StrategyName.WITHOUT_LAUNCHER)
        + " to reload in this process";
  }
}
