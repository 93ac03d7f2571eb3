package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Text;

/** Reads a shell command from the value of an option: {@code exec:COMMAND}. */
final class ShellWords {

  private static final String PREFIX = "exec:";

  private ShellWords() {}

  /**
   * Returns the command.
   *
   * @param option the option's name, for the message
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
