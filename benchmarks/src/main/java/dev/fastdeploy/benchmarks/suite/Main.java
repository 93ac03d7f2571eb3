package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.simulation.command.OneLineErrors;
import dev.fastdeploy.benchmarks.simulation.command.SimulateCommand;
import java.io.IOException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The program of benchmarks.jar: the suite's commands. Any other arguments are for JMH's own main.
 */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "java -jar benchmarks.jar short|full|instance|held|slow-clients|fleet|report|docs|simulate [options]",
      "       java -jar benchmarks.jar <arguments of JMH>"
    },
    description = "Compares the ways to reload a service by measurements.",
    subcommands = {
      SuiteCommand.ShortForm.class,
      SuiteCommand.FullForm.class,
      SuiteCommand.InstanceForm.class,
      HeldCommand.class,
      SlowClientsCommand.class,
      FleetCommand.class,
      ReportCommand.class,
      DocsCommand.class,
      SimulateCommand.class
    })
public final class Main implements Runnable {

  private static final Set<String> OWN =
      Set.of(
          "short",
          "full",
          "instance",
          "held",
          "slow-clients",
          "fleet",
          "report",
          "docs",
          "simulate",
          "--help",
          "-h");

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private Main() {}

  /** Runs a command and ends the JVM, or passes the arguments to JMH. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0 || OWN.contains(arguments[0])) {
      System.exit(commandLine().execute(arguments));
    }
    org.openjdk.jmh.Main.main(arguments);
  }

  static CommandLine commandLine() {
    OneLineErrors errors = new OneLineErrors();
    return new CommandLine(new Main())
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
