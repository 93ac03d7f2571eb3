package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.report.CleanWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports every failure in one line, without usage or stack trace. */
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
    return say(Diagnostics.reason(misspelt(failure)) + "; see 'fastdeploy help" + parent + "'");
  }

  /** A required option that is misspelt looks missing; the misspelt one is reported instead. */
  private static ParameterException misspelt(ParameterException failure) {
    List<String> unknown =
        failure.getCommandLine().getUnmatchedArguments().stream()
            .filter(argument -> argument.startsWith("-"))
            .toList();
    return failure instanceof MissingParameterException && !unknown.isEmpty()
        ? new UnmatchedArgumentException(failure.getCommandLine(), unknown)
        : failure;
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
    if (failure instanceof CommandException ended) {
      say(Diagnostics.reason(failure));
      return ended.exitCode();
    }
    boolean told = failure instanceof IllegalArgumentException || failure instanceof IOException;
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
