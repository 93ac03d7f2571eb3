package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long the answer of each instance is waited for, and how it is shown. */
final class AnswerOptions {

  @Option(names = "--json", description = "one JSON object a line for each instance")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "for each instance's answer (default: ${DEFAULT-VALUE})")
  private String timeout;

  /**
   * @param timeout if the user gives none
   */
  AnswerOptions(String timeout) {
    this.timeout = timeout;
  }

  boolean json() {
    return json;
  }

  /**
   * For each instance.
   *
   * @throws IllegalArgumentException if it is no duration, with a message for the user
   */
  Duration timeout() {
    return Settings.parseDuration("--timeout", timeout);
  }
}
