package dev.fastdeploy.benchmarks.simulation.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The simulation as a program of its own. */
public final class Simulate {

  private Simulate() {}

  /** Ends with 0, or with 1 and one line that says why. */
  public static void main(String[] arguments) {
    System.exit(
        commandLine(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments));
  }

  /** The command line, ready to be executed once. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    OneLineErrors errors = new OneLineErrors();
    return new CommandLine(new SimulateCommand())
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }
}
