package dev.fastdeploy.contract;

import java.util.Arrays;
import java.util.List;

/**
 * The names of the strategies that this version has, as they stand in settings, in requests and in
 * the home's state. A name that is met there may be another version's, so it is a text.
 */
public final class StrategyName {

  /** The launcher starts the release in a new process; every launcher can. */
  public static final String PROCESS = "process";

  /** The release is started in a class loader of its own, in the same process. */
  public static final String MODULE = "module";

  /** Loaded classes get the release's method bodies. */
  public static final String REDEFINE = "redefine";

  /** All that this version knows. */
  public static final List<String> KNOWN = List.of(PROCESS, MODULE, REDEFINE);

  private StrategyName() {}

  /** The names that {@link Setting#STRATEGIES} lists, in its order. */
  public static List<String> prepared(Settings settings) {
    return Arrays.stream(settings.required(Setting.STRATEGIES).split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
