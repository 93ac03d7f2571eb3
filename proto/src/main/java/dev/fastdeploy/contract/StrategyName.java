package dev.fastdeploy.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of this version's strategies, as they appear in settings, in requests and in the home's
 * state. A name found there may be another version's, so it is a string.
 */
public final class StrategyName {

  /** The launcher starts the release in a new process; every launcher can. */
  public static final String PROCESS = "process";

  /** The release is started in a class loader of its own, in the same process. */
  public static final String MODULE = "module";

  /** Loaded classes get the release's method bodies. */
  public static final String REDEFINE = "redefine";

  /** All strategies that this version knows. */
  public static final List<String> KNOWN = List.of(PROCESS, MODULE, REDEFINE);

  /** The name in a request that leaves the choice to the instance. */
  public static final String AUTO = "auto";

  /** The strategies that keep the process. */
  static final List<String> IN_PLACE = List.of(MODULE, REDEFINE);

  /**
   * The strategies that work in a JVM that no launcher started, for {@link
   * Setting#RELOAD_FALLBACK}.
   */
  public static final List<String> WITHOUT_LAUNCHER = List.of(MODULE);

  private StrategyName() {}

  /** Returns a reason that concerns one strategy alone, as {@link #scope} takes it. */
  public static String scoped(String strategy, String reason) {
    return strategy + ": " + reason;
  }

  /**
   * Returns the in-place strategy that a reason of an instance is about, be it in the home's state
   * or in its status; empty if it is about all.
   */
  public static Optional<String> scope(String reason) {
    return IN_PLACE.stream().filter(name -> reason.startsWith(name + ": ")).findFirst();
  }

  /**
   * Returns why an instance cannot be asked for a strategy; empty if it can.
   *
   * @param wanted the name in the request
   * @param prepared the strategies that it can be asked for
   * @param notPrepared the reasons why others could not be prepared, by name
   */
  public static Optional<String> missingBecause(
      String wanted, List<String> prepared, Map<String, String> notPrepared) {
    if (prepared.contains(wanted)) {
      return Optional.empty();
    }
    String choice = prepared.isEmpty() ? "" : "; choose one of " + String.join(", ", prepared);
    String reason = notPrepared.get(wanted);
    String why;
    if (reason != null) {
      why = "could not be prepared at the start: " + reason + choice;
    } else if (!KNOWN.contains(wanted)) {
      why = "is unknown to this version" + choice;
    } else if (!prepared.contains(PROCESS)) {
      why =
          "needs a launcher, and none started this service"
              + choice
              + " or start it with fastdeploy run";
    } else {
      why =
          "was not prepared at the start"
              + choice
              + " or start the launcher with it in "
              + Setting.STRATEGIES.option();
    }
    return Optional.of("the strategy '" + Text.shortened(wanted, 60) + "' " + why);
  }

  /** Returns the names that {@link Setting#STRATEGIES} lists, in order and each once. */
  public static List<String> prepared(Settings settings) {
    return settings.names(Setting.STRATEGIES).stream().distinct().toList();
  }
}
