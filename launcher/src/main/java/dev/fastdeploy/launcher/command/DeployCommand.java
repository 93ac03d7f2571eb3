package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.launcher.fleet.DeployOrder;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.Target;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deploys a published commit to instances, and waits until each is proven. */
@Command(
    name = "deploy",
    description =
        "Deploys a published commit to instances and waits until each is proven. After a failure no"
            + " other instance is begun.")
final class DeployCommand extends Subcommand {

  @Parameters(paramLabel = "COMMIT", description = "what to deploy")
  private String commit = "";

  @Mixin private final FleetOptions fleet = new FleetOptions();
  @Mixin private final WaveOptions waves = new WaveOptions();

  @Option(names = "--force", description = "also where the commit was rolled back before")
  private boolean force;

  DeployCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return CONTROL;
  }

  @Override
  public Integer call() throws InterruptedException {
    DeployOrder order =
        waves.order(DeployOrder.Operation.DEPLOY, new Commit(commit), force, context().clock());
    List<Target> targets = fleet.targets();
    InstanceClients clients = fleet.clients(settings(), targets);
    return new FleetExecution(context(), waves.json()).run(order, targets, clients);
  }
}
