package dev.fastdeploy.launcher.command;

import java.io.Serial;

/** A command cannot do what it was told to. The message is one line for the user. */
final class CommandException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }
}
