package dev.fastdeploy.launcher.command;

import java.io.Serial;

/** A command cannot do what it was told to. The message is one line for the user. */
final class CommandException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandException(String message) {
    this(message, ExitCodes.NOTHING_DONE);
  }

  /**
   * @param exitCode what the command ends with
   */
  CommandException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
