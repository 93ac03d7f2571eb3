package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options on when a deploy may begin, which its plan has too. Not thread-safe. */
class LeaseOptions {

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

  @Option(
      names = "--lease",
      paramLabel = "DURATION",
      description =
          "how long a command may be silent before another takes over (default: ${DEFAULT-VALUE})")
  private String lease = "45s";

  @Option(
      names = "--during-rollout",
      description = "begin even while the platform itself is replacing instances")
  private boolean duringRollout;

  /** Returns how long the owner of an environment may be silent. */
  Duration lease() {
    return lease(lease);
  }

  /**
   * Reads the option for a command that has none of the others.
   *
   * @throws IllegalArgumentException if it is not a duration or is too short, with a message for
   *     the user
   */
  static Duration lease(String lease) {
    Duration given = Settings.parseDuration("--lease", lease);
    if (given.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException(
          "--lease '"
              + Text.shortened(lease, 60)
              + "' is too short to write the journal in time; give at least "
              + SHORTEST_LEASE.toSeconds()
              + "s");
    }
    return given;
  }

  boolean duringRollout() {
    return duringRollout;
  }
}
