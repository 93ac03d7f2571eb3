package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.DeployOrder;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.Target;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Returns instances to the proven release before the running one. */
@Command(
    name = "rollback",
    description =
        "Returns instances, or the service of a home on this machine, to the proven release before"
            + " the running one.")
final class RollbackCommand extends Subcommand {

  @Mixin private final FleetOptions fleet = new FleetOptions();
  @Mixin private final WaveOptions waves = new WaveOptions();

  RollbackCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return HOME_AND_CONTROL;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = settings();
    DeployOrder order =
        waves.order(DeployOrder.Operation.ROLLBACK, null, settings, "", false, context().clock());
    if (Place.of(fleet, settings) == Place.FLEET) {
      return onFleet(order, fleet.targets(), settings);
    }
    LocalHome home = LocalHome.of(settings);
    LauncherFacts launcher = home.requiredLauncher();
    if (launcher.agent()) {
      return onFleet(order, List.of(home.requiredAgent()), settings);
    }
    waves.requireNoneForAnAgent();
    HomeActivation activation =
        new HomeActivation(home.home(), launcher, order.id(), context().clock());
    context().out().println(activation.rollback());
    return ExitCodes.DONE;
  }

  private int onFleet(DeployOrder order, List<Target> targets, Settings settings)
      throws InterruptedException {
    InstanceClients clients = fleet.clients(settings, targets);
    return new FleetExecution(context(), waves.json()).run(order, targets, clients);
  }
}
