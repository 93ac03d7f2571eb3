package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.launcher.fleet.Credentials;
import dev.fastdeploy.launcher.fleet.DeployOrder;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.Target;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a staged commit the next one that a service on this machine runs. */
@Command(
    name = "activate",
    description =
        "Makes a staged commit current in a home on this machine. A service with the agent is"
            + " reloaded; one without it must then exit with the reload exit code.")
final class ActivateCommand extends Subcommand {

  @Parameters(paramLabel = "COMMIT", description = "the staged commit to activate")
  private String commit = "";

  @Mixin private final OrderOptions each = new OrderOptions();
  @Mixin private final ContentOptions content = new ContentOptions();

  @Option(names = "--force", description = "activate the commit even if it was rolled back before")
  private boolean force;

  ActivateCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return Stream.concat(HOME_AND_CONTROL.stream(), Stream.of(Setting.APP, Setting.ENV)).toList();
  }

  @Override
  List<String> needs() {
    return List.of(Setting.HOME.option());
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DeployOrder order =
        each.order(
            DeployOrder.Operation.ACTIVATE,
            new Commit(commit),
            settings(),
            content.sha256(),
            force,
            context().clock());
    LocalHome home = LocalHome.of(settings());
    if (home.hasAgent()) {
      List<Target> agent =
          List.of(
              home.requiredAgent(
                  "give that address with --target, and credentials, to 'fastdeploy deploy'; it takes"
                      + " what is staged"));
      Credentials credentials = Credentials.of(settings(), false);
      return new FleetExecution(context(), each.json())
          .run(order, agent, new InstanceClients(credentials));
    }
    LauncherFacts launcher = home.requiredLauncher();
    each.requireNoneForAnAgent();
    HomeActivation activation =
        new HomeActivation(home.home(), launcher, order.id(), context().clock());
    Commit wanted = new Commit(commit);
    String told = activation.activate(wanted, order.sha256(), force);
    context().out().println(told + content.doubt(home.home(), wanted));
    return ExitCodes.DONE;
  }
}
