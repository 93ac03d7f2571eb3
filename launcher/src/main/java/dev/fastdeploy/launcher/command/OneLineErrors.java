package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells every failure in one line, without usage and stack trace. */
final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private static final int LONGEST_LINE = 2000;

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String parent = command.getParent() == null ? "" : " " + command.getCommandName();
    return say(command, Diagnostics.reason(failure) + "; see 'fastdeploy help" + parent + "'");
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    if (failure instanceof InterruptedException) {
      return say(command, "interrupted");
    }
    if (failure instanceof UncheckedIOException io && io.getCause() != null) {
      return say(command, Diagnostics.reason(io.getCause()));
    }
    boolean told =
        failure instanceof CommandException
            || failure instanceof IllegalArgumentException
            || failure instanceof IOException;
    return say(
        command,
        told
            ? Diagnostics.reason(failure)
            : "internal error, please report it: "
                + failure.getClass().getName()
                + ": "
                + failure.getMessage());
  }

  private static int say(CommandLine command, String message) {
    command.getErr().println("fastdeploy: " + Text.shortened(message, LONGEST_LINE));
    command.getErr().flush();
    return ExitCodes.NOTHING_DONE;
  }
}
