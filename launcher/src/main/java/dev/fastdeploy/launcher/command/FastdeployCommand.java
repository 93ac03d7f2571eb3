package dev.fastdeploy.launcher.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand: says which there are. */
@Command(
    name = "fastdeploy",
    description = "Keeps the containers of a JVM service and replaces the code in them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "As a container's entrypoint: java -jar fastdeploy.jar run [options] -- COMMAND…",
      "Exit codes: 0 all done; 1 not understood or nothing reached; 2 some failed or rolled back."
    })
final class FastdeployCommand implements Runnable {

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private FastdeployCommand() {}

  /** The whole command line, ready to be executed once. */
  static CommandLine commandLine(CommandContext context) {
    CommandLine root = new CommandLine(new FastdeployCommand());
    for (Subcommand subcommand :
        List.of(
            new PublishCommand(context),
            new DeployCommand(context),
            new StatusCommand(context),
            new RollbackCommand(context),
            new StageCommand(context),
            new ActivateCommand(context))) {
      CommandLine line = new CommandLine(subcommand);
      SettingOptions.add(line.getCommandSpec(), subcommand.reads());
      root.addSubcommand(line);
    }
    root.addSubcommand(new HelpCommand());
    OneLineErrors errors = new OneLineErrors();
    return root.setOut(context.out())
        .setErr(context.err())
        .setExpandAtFiles(false)
        .setPosixClusteredShortOptionsAllowed(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no subcommand is given");
  }
}
