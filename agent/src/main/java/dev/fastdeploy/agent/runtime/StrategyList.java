package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.reload.InPlaceReload;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.agent.reload.process.ProcessReload;
import dev.fastdeploy.agent.reload.redefine.RedefineReload;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StrategyName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The strategies of this process, made from what the settings name and what could be prepared. */
final class StrategyList {

  private final Settings settings;
  private final @Nullable InPlaceReload module;
  private final @Nullable String noModuleBecause;
  private final RedefineReload redefine;

  /**
   * @param module what was prepared before the application's {@code main}; nothing if it was not
   *     asked for or could not be
   * @param noModuleBecause why it could not be; nothing if it was not asked for
   */
  StrategyList(
      Settings settings,
      @Nullable InPlaceReload module,
      @Nullable String noModuleBecause,
      RedefineReload redefine) {
    this.settings = settings;
    this.module = module;
    this.noModuleBecause = noModuleBecause;
    this.redefine = redefine;
  }

  /** Those of a service with a launcher, in the order in which they were named. */
  List<ReloadStrategy> withLauncher(ProcessReload process) {
    Set<String> names = new LinkedHashSet<>(StrategyName.prepared(settings));
    // It needs no preparation, and is where the others fall back to.
    names.add(StrategyName.PROCESS);
    return names.stream().flatMap(name -> strategy(name, process).stream()).toList();
  }

  /** Those of a service that no launcher started: none, unless there is to be a fallback. */
  List<ReloadStrategy> withoutLauncher() {
    Optional<String> fallback = settings.text(Setting.RELOAD_FALLBACK);
    fallback
        .filter(name -> !name.equals(StrategyName.MODULE))
        .ifPresent(
            name ->
                Diagnostics.say(
                    Setting.RELOAD_FALLBACK.option()
                        + " '"
                        + name
                        + "' is no strategy that works without a launcher; write "
                        + StrategyName.MODULE));
    return fallback.filter(StrategyName.MODULE::equals).isPresent() && module != null
        ? List.of(module)
        : List.of();
  }

  /** Why strategies that the settings name could not be prepared, by name. */
  Map<String, String> notPrepared() {
    return noModuleBecause == null ? Map.of() : Map.of(StrategyName.MODULE, noModuleBecause);
  }

  /** Why nothing can be deployed where no launcher started the service. */
  String noLauncher() {
    return noModuleBecause == null
        ? "no launcher started this service; use fastdeploy run, or reload.fallback=module to"
            + " reload in this process"
        : "no launcher started this service, and its fallback, the strategy module, could not be"
            + " prepared at the start: "
            + noModuleBecause
            + "; use fastdeploy run";
  }

  private Optional<ReloadStrategy> strategy(String name, ProcessReload process) {
    return switch (name) {
      case StrategyName.PROCESS -> Optional.of(process);
      // What could not be prepared has said why.
      case StrategyName.MODULE -> Optional.ofNullable(module);
      case StrategyName.REDEFINE -> Optional.of(redefine);
      default -> unknown(name);
    };
  }

  private static Optional<ReloadStrategy> unknown(String name) {
    Diagnostics.say(
        Setting.STRATEGIES.option()
            + " '"
            + name
            + "' is unknown and not prepared; this version knows "
            + String.join(", ", StrategyName.KNOWN));
    return Optional.empty();
  }
}
