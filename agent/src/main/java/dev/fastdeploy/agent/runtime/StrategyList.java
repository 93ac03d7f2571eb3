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

/** The strategies named in the settings, as far as they could be prepared in this process. */
final class StrategyList {

  private final Settings settings;
  private final List<ReloadStrategy> inPlace;
  private final Map<String, String> notPrepared;

  /**
   * @param inPlace strategies that keep the process, as far as they could be prepared
   * @param notPrepared the reasons why others named in the settings could not be, by name; each has
   *     been reported
   */
  StrategyList(
      Settings settings, List<? extends ReloadStrategy> inPlace, Map<String, String> notPrepared) {
    this.settings = settings;
    this.inPlace = List.copyOf(inPlace);
    this.notPrepared = Map.copyOf(notPrepared);
  }

  /** Returns the strategies of a service with a launcher, in the order of the settings. */
  List<ReloadStrategy> withLauncher(ReloadStrategy process) {
    Set<String> names = new LinkedHashSet<>(StrategyName.prepared(settings));
    // Needs no preparation, and is the fallback of the others.
    names.add(process.name());
    List<ReloadStrategy> all = new ArrayList<>(inPlace);
    all.add(process);
    List<ReloadStrategy> named = new ArrayList<>();
    for (String name : names) {
      Optional<ReloadStrategy> strategy =
          all.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
      strategy.ifPresent(named::add);
      if (strategy.isEmpty() && !notPrepared.containsKey(name)) {
        Diagnostics.say(
            Setting.STRATEGIES.option()
                + " '"
                + name
                + "' is unknown and not prepared; this version knows "
                + String.join(", ", StrategyName.KNOWN));
      }
    }
    return named;
  }

  /** Returns the strategies of a service without a launcher: none, unless a fallback is set. */
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

  /** Returns the reasons why strategies named in the settings could not be prepared, by name. */
  Map<String, String> notPrepared() {
    return notPrepared;
  }

  /** Returns why nothing can be deployed if no launcher started the service. */
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
