package dev.fastdeploy.launcher.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand. Lists the subcommands. */
@Command(
    name = "fastdeploy",
    description = "Keeps the containers of a JVM service and replaces the code in them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "As a container's entrypoint: java -jar fastdeploy.jar run [options] -- COMMAND…",
      "Options of run and current: java -jar fastdeploy.jar run --help",
      "Exit codes: 0 all done; 1 not understood or nothing reached;",
      "2 some failed or rolled back.",
      "A fleet's deploy has more: see 'fastdeploy help deploy'."
    })
final class RootCommand implements Runnable {

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private RootCommand() {}

  /** Returns the whole command line, ready to be executed once. */
  static CommandLine commandLine(CommandContext context) {
    CommandLine root = new CommandLine(new RootCommand());
    HelpPage.ofRoot(root);
    for (Subcommand subcommand :
        List.of(
            new PublishCommand(context),
            new DeployCommand(context),
            new StatusCommand(context),
            new RollbackCommand(context),
            new PlanCommand(context),
            new ReconcileCommand(context),
            new RetryCommand(context),
            new WatchCommand(context),
            new HistoryCommand(context),
            new AbortCommand(context),
            new PauseCommand(context),
            new ResumeCommand(context),
            new PromoteCommand(context),
            new LockCommand(context),
            new UnlockCommand(context),
            new CancelCommand(context),
            new StageCommand(context),
            new ActivateCommand(context),
            new FollowCommand(context),
            new UnfollowCommand(context),
            new ResetSequenceCommand(context),
            new ResetEpochCommand(context))) {
      CommandLine line = new CommandLine(subcommand);
      SettingOptions.add(line.getCommandSpec(), subcommand.reads());
      HelpPage.ofSubcommand(line, subcommand);
      root.addSubcommand(line);
    }
    root.addSubcommand(
        ofTheLauncher(
            "run", "Runs a service and keeps its container alive over deploys: the entrypoint."));
    root.addSubcommand(
        ofTheLauncher(
            "current", "Prints the release to start, for start scripts without a launcher."));
    root.addSubcommand(new HelpCommand());
    OneLineErrors errors = new OneLineErrors(context.err());
    return root.setOut(context.out().forOwnText())
        .setErr(context.err().forOwnText())
        .setExpandAtFiles(false)
        .setPosixClusteredShortOptionsAllowed(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** Returns a subcommand that is only listed here: it runs without the payload. */
  private static CommandSpec ofTheLauncher(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .description(description)
        .customSynopsis("java -jar fastdeploy.jar " + name + " --help");
    return spec;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a subcommand is missing");
  }
}
