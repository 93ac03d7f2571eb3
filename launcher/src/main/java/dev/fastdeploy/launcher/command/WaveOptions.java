package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import picocli.CommandLine.Option;

/** The options for carrying a change through several instances. */
final class WaveOptions extends OrderOptions {

  @Option(
      names = "--max-unavailable",
      paramLabel = "N|N%",
      description = "how many instances may change at a time (default: ${DEFAULT-VALUE})")
  private String maxUnavailable = "1";

  /** Returns how many instances may change at a time, as the user wrote it. */
  String maxUnavailable() {
    return maxUnavailable;
  }

  @Override
  int instances() {
    long number = Settings.wholeNumber(maxUnavailable).orElse(0);
    if (number >= 1 && number <= Integer.MAX_VALUE) {
      return (int) number;
    }
    throw new IllegalArgumentException(
        "--max-unavailable '"
            + Text.shortened(maxUnavailable, 60)
            + "' is not a number of instances; write a whole number from 1");
  }
}
