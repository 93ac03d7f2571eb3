package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of the commands that ask each instance for an answer. */
final class AnswerOptions {

  @Option(
      names = "--json",
      description = "print one JSON object per instance, each on its own line")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "how long to wait for each instance's answer (default: ${DEFAULT-VALUE})")
  private String timeout;

  /**
   * @param timeout the default
   */
  AnswerOptions(String timeout) {
    this.timeout = timeout;
  }

  boolean json() {
    return json;
  }

  /**
   * Returns how long to wait for each instance.
   *
   * @throws IllegalArgumentException if the value is not a duration, with a message for the user
   */
  Duration timeout() {
    return Settings.parseDuration("--timeout", timeout);
  }
}
