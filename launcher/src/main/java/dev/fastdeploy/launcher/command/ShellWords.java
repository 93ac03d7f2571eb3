package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Text;

/** A shell command of the user's as the value of an option: {@code exec:COMMAND}. */
final class ShellWords {

  private static final String PREFIX = "exec:";

  private ShellWords() {}

  /**
   * The command.
   *
   * @param option for the message
   * @throws IllegalArgumentException if there is none, with a message for the user
   */
  static String command(String option, String value) {
    if (!value.startsWith(PREFIX) || value.substring(PREFIX.length()).isBlank()) {
      throw new IllegalArgumentException(
          option + " '" + Text.shortened(value, 100) + "' is not understood; write exec:COMMAND");
    }
    return value.substring(PREFIX.length());
  }
}
