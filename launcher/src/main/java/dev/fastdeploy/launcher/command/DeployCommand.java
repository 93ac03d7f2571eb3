package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.DeployOrder;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.release.CommitNotFoundException;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deploys a published commit to instances and waits until each has proven it. */
@Command(
    name = "deploy",
    description =
        "Deploys a published commit to instances and waits until each has proven it. With --target,"
            + " no further instance is started after a failure. With --fleet, the deploy goes in"
            + " waves, is recorded in the store, and returns to the stable commit if it fails.",
    footer = {FleetExitCodes.LINE_1, FleetExitCodes.LINE_2, FleetExitCodes.LINE_3})
final class DeployCommand extends Subcommand {

  private static final int LONGEST_LINE = 2000;

  @Parameters(paramLabel = "COMMIT", description = "the commit to deploy")
  private String commit = "";

  @Mixin private final FleetOptions fleet = new FleetOptions();
  @Mixin private final FleetDeployOptions ofFleet = new FleetDeployOptions();
  @Mixin private final WaveOptions waves = new WaveOptions();
  @Mixin private final ContentOptions content = new ContentOptions();

  @Option(
      names = "--force",
      description = "deploy also to instances that rolled the commit back before")
  private boolean force;

  DeployCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return RECORD_AND_CONTROL;
  }

  /** Returns the digest that was given, or else the store's if this side has a store. */
  private String digest(Commit wanted, Settings settings) {
    String given = content.sha256();
    if (!given.isEmpty()
        || settings.text(Setting.STORE).isEmpty()
        || settings.text(Setting.APP).isEmpty()) {
      return given;
    }
    try (PublishedReleases store = ReleaseStores.of(settings)) {
      return store
          .find(wanted)
          .orElseThrow(() -> new CommitNotFoundException(wanted, store.description()))
          .sha256();
    } catch (IOException notReadable) {
      // The instances may reach the store, or have the release already.
      context()
          .err()
          .println(
              "fastdeploy: deploying without a SHA-256: "
                  + Text.shortened(Diagnostics.reason(notReadable), LONGEST_LINE));
      context().err().flush();
      return "";
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Commit wanted = new Commit(commit);
    Settings settings = settings();
    if (ofFleet.given(fleet, parsed())) {
      return ofFleet.run(context(), settings, fleet, waves, known -> wanted, false, force);
    }
    List<Target> targets = fleet.targets();
    DeployOrder order =
        waves.order(
            DeployOrder.Operation.DEPLOY,
            wanted,
            settings,
            digest(wanted, settings),
            force,
            context().clock());
    InstanceClients clients = fleet.clients(settings, targets);
    return new FleetExecution(context(), waves.json()).run(order, targets, clients);
  }
}
