package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.report.CleanWriter;
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

  private final CleanWriter err;

  OneLineErrors(CleanWriter err) {
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String parent = command.getParent() == null ? "" : " " + command.getCommandName();
    return say(Diagnostics.reason(failure) + "; see 'fastdeploy help" + parent + "'");
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    if (failure instanceof InterruptedException) {
      return say("interrupted");
    }
    if (failure instanceof UncheckedIOException io && io.getCause() != null) {
      return say(Diagnostics.reason(io.getCause()));
    }
    boolean told =
        failure instanceof CommandException
            || failure instanceof IllegalArgumentException
            || failure instanceof IOException;
    return say(
        told
            ? Diagnostics.reason(failure)
            : "internal error, please report it: "
                + failure.getClass().getName()
                + ": "
                + failure.getMessage());
  }

  private int say(String message) {
    err.println("fastdeploy: " + Text.shortened(message, LONGEST_LINE));
    err.flush();
    return ExitCodes.NOTHING_DONE;
  }
}
