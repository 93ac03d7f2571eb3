package dev.fastdeploy.launcher.command;

import java.io.Serial;

/** Says that a command cannot do what it was asked to. The message is one line for the user. */
final class CommandException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandException(String message) {
    this(message, ExitCodes.NOTHING_DONE);
  }

  /**
   * @param exitCode the exit code of the command
   */
  CommandException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
