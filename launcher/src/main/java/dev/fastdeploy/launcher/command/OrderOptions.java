package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.ApplicationName;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.DeployOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a change, for each instance that it is asked of. Not thread-safe. */
class OrderOptions {

  private static final Pattern STRATEGY = Pattern.compile("[a-z][a-z-]{0,31}");

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "time for each instance to be proven (default: ${DEFAULT-VALUE})")
  private String timeout = "5m";

  @Option(
      names = "--connect-timeout",
      paramLabel = "DURATION",
      description = "time for each instance to answer first (default: ${DEFAULT-VALUE})")
  private String connectTimeout = "10s";

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "reload strategy, or auto (default: the instance's)")
  private @Nullable String strategy;

  @Option(
      names = "--deploy-id",
      paramLabel = "ID",
      description = "name of this deploy; a pipeline that repeats its step gives the same one")
  private @Nullable String deployId;

  @Option(names = "--json", description = "print one JSON object per line")
  private boolean json;

  boolean json() {
    return json;
  }

  /**
   * Refuses options that only an agent can honour.
   *
   * @throws IllegalArgumentException if such an option was given, with a message for the user
   */
  void requireNoneForAnAgent() {
    String option = json ? "--json" : strategy != null ? "--strategy" : null;
    if (option != null) {
      throw new IllegalArgumentException(
          option + " does not work for a service without the agent; omit it");
    }
  }

  /**
   * Refuses {@code --json}, for a command that prints text alone.
   *
   * @throws IllegalArgumentException if it was given, with a message for the user
   */
  void requireText() {
    if (json) {
      throw new IllegalArgumentException("--json does not work for a plan; omit it");
    }
  }

  Duration timeout() {
    return positive("--timeout", timeout);
  }

  Duration connectTimeout() {
    return positive("--connect-timeout", connectTimeout);
  }

  /** Returns whether the user named the deploy. */
  boolean namesDeploy() {
    return deployId != null;
  }

  /** Returns the user's name for the deploy, or a fresh one. */
  DeployId deployId(Clock clock) {
    return deployId == null ? DeployIds.fresh(clock) : new DeployId(deployId);
  }

  /** Returns the reload strategy, or an empty string for the instance's own. */
  String strategy() {
    String named = checkedStrategy();
    return named == null ? "" : named;
  }

  /**
   * Returns the order for each instance.
   *
   * @param settings may name the application and the environment
   */
  DeployOrder order(
      DeployOrder.Operation operation,
      @Nullable Commit commit,
      Settings settings,
      String sha256,
      boolean force,
      Clock clock) {
    // A rollback names neither: each instance returns to its own previous release.
    boolean rollback = operation == DeployOrder.Operation.ROLLBACK;
    return new DeployOrder(
        operation,
        commit,
        rollback ? "" : ApplicationName.of(settings).map(ApplicationName::name).orElse(""),
        rollback ? "" : EnvironmentName.of(settings).map(EnvironmentName::name).orElse(""),
        sha256,
        deployId(clock),
        clock.millis(),
        checkedStrategy(),
        force,
        instances(),
        timeout(),
        connectTimeout());
  }

  private @Nullable String checkedStrategy() {
    if (strategy != null && !STRATEGY.matcher(strategy).matches()) {
      throw new IllegalArgumentException(
          "--strategy '"
              + Text.shortened(strategy, 60)
              + "' is not the name of a strategy; 'fastdeploy status' shows those of an instance");
    }
    return strategy;
  }

  /** Returns how many instances may change at a time. */
  int instances() {
    return 1;
  }

  /** Reads a duration that leaves some time. */
  static Duration positive(String name, String value) {
    Duration duration = Settings.parseDuration(name, value);
    if (duration.isZero()) {
      throw new IllegalArgumentException(
          name
              + " '"
              + Text.shortened(value, 60)
              + "' leaves no time; write one like 500ms, 20s, 5m or 1h");
    }
    return duration;
  }
}
