package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a command gets an environment for itself. */
final class LeaseOptions {

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

  @Option(
      names = "--lease",
      paramLabel = "DURATION",
      description =
          "how long a command may be silent before another takes over (default: ${DEFAULT-VALUE})")
  private String lease = "45s";

  @Option(
      names = "--lock-wait",
      paramLabel = "DURATION",
      description = "how long to wait for another deploy to end (default: ${DEFAULT-VALUE})")
  private String lockWait = "0s";

  @Option(
      names = "--break-lock",
      description = "take the environment from whoever holds it; his deploy ends where it is")
  private boolean breakLock;

  @Option(
      names = "--during-rollout",
      description = "begin though the platform itself is replacing instances")
  private boolean duringRollout;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why, for those who read the history")
  private String reason = "";

  /** How long the owner of an environment may be silent. */
  Duration lease() {
    return lease(lease);
  }

  /**
   * The same for a command that has no other option of these.
   *
   * @throws IllegalArgumentException if it is no duration or too short, with a message for the user
   */
  static Duration lease(String lease) {
    Duration given = Settings.parseDuration("--lease", lease);
    if (given.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException(
          "--lease '"
              + lease
              + "' is too short to write a journal in; give at least "
              + SHORTEST_LEASE.toSeconds()
              + "s");
    }
    return given;
  }

  Duration lockWait() {
    return Settings.parseDuration("--lock-wait", lockWait);
  }

  boolean breakLock() {
    return breakLock;
  }

  boolean duringRollout() {
    return duringRollout;
  }

  String reason() {
    return Reason.of(reason);
  }
}
