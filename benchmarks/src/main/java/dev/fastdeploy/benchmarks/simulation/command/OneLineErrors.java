package dev.fastdeploy.benchmarks.simulation.command;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reports every failure in one line, without usage or stack trace; the exit code is 1. */
public final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private static final int FAILED = 1;

  /** For a command line that has {@link SimulateCommand} in it. */
  public OneLineErrors() {}

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    return say(failure.getCommandLine(), failure.getMessage() + "; see --help");
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    String message = failure.getMessage();
    boolean told = failure instanceof IllegalArgumentException || failure instanceof IOException;
    return say(
        command,
        told && message != null ? message : "internal error, please report it: " + failure);
  }

  private static int say(CommandLine command, String message) {
    command
        .getErr()
        .println(command.getCommandName() + ": " + message.replaceAll("\\p{Cntrl}", "?"));
    command.getErr().flush();
    return FAILED;
  }
}
