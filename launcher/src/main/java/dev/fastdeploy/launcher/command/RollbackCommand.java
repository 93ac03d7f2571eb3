package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.DeployOrder;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.launcher.fleet.record.Known;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Returns instances to the proven release before the running one. */
@Command(
    name = "rollback",
    description =
        "Returns instances, or the service of a home on this machine, to the proven release before"
            + " the running one. With --fleet: returns the fleet to the last stable commit before"
            + " the current one.",
    footer = {FleetExitCodes.LINE_1, FleetExitCodes.LINE_2, FleetExitCodes.LINE_3})
final class RollbackCommand extends Subcommand {

  @Mixin private final FleetOptions fleet = new FleetOptions();
  @Mixin private final FleetDeployOptions ofFleet = new FleetDeployOptions();
  @Mixin private final WaveOptions waves = new WaveOptions();

  RollbackCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return Stream.of(HOME_AND_CONTROL.stream(), STORE.stream(), Stream.of(Setting.ENV))
        .flatMap(settings -> settings)
        .toList();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = settings();
    if (ofFleet.given(fleet, parsed())) {
      return ofFleet.run(
          context(), settings, fleet, waves, RollbackCommand::commitBefore, true, false);
    }
    DeployOrder order =
        waves.order(DeployOrder.Operation.ROLLBACK, null, settings, "", false, context().clock());
    if (Addressee.of(fleet, settings) == Addressee.FLEET) {
      return onFleet(order, fleet.targets(), settings);
    }
    LocalHome home = LocalHome.of(settings);
    if (home.hasAgent()) {
      return onFleet(order, List.of(home.requiredAgent(LocalHome.WITH_TARGET)), settings);
    }
    LauncherFacts launcher = home.requiredLauncher();
    waves.requireNoneForAnAgent();
    HomeActivation activation =
        new HomeActivation(home.home(), launcher, order.id(), context().clock());
    context().out().println(activation.rollback());
    return ExitCodes.DONE;
  }

  /** Returns the stable commit before the last deploy if that was done, else the stable one. */
  private static Commit commitBefore(Known known) {
    Commit stable = known.stable();
    boolean lastWasDone = stable != null && stable.equals(known.last());
    Commit goal = lastWasDone ? known.stableBefore() : stable;
    if (goal == null) {
      throw new CommandException(
          "there is no commit to go back to: no deploy of this environment was done"
              + (lastWasDone ? " before that of '" + stable + "'" : "")
              + "; deploy a commit by its name");
    }
    return goal;
  }

  private int onFleet(DeployOrder order, List<Target> targets, Settings settings)
      throws InterruptedException {
    InstanceClients clients = fleet.clients(settings, targets);
    return new FleetExecution(context(), waves.json()).run(order, targets, clients);
  }
}
