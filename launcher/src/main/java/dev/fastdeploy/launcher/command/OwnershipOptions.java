package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options by which a command takes an environment for itself. */
final class OwnershipOptions extends LeaseOptions {

  @Option(
      names = "--lock-wait",
      paramLabel = "DURATION",
      description =
          "how long to wait for another deploy to end before giving up (default: ${DEFAULT-VALUE})")
  private String lockWait = "0s";

  @Option(
      names = "--break-lock",
      description = "take the environment from its holder, whose deploy stops where it is")
  private boolean breakLock;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for readers of the history")
  private String reason = "";

  Duration lockWait() {
    return Settings.parseDuration("--lock-wait", lockWait);
  }

  boolean breakLock() {
    return breakLock;
  }

  String reason() {
    return Reason.of(reason);
  }
}
