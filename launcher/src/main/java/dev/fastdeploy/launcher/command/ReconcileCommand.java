package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.record.Known;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings members that do not run the stable commit to it. */
@Command(
    name = "reconcile",
    description =
        "Deploys the stable commit, that of the last deploy that was done, to the members of a"
            + " fleet that do not run it. Meant for a timer.",
    footer = {FleetExitCodes.LINE_1, FleetExitCodes.LINE_2, FleetExitCodes.LINE_3})
final class ReconcileCommand extends Subcommand {

  @Mixin private final FleetOptions reach = new FleetOptions();
  @Mixin private final FleetDeployOptions fleet = new FleetDeployOptions();
  @Mixin private final WaveOptions each = new WaveOptions();

  ReconcileCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return RECORD_AND_CONTROL;
  }

  @Override
  List<String> needs() {
    return Stream.concat(Stream.of(SourceOptions.FLEET), RECORD_OPTIONS.stream()).toList();
  }

  @Override
  List<String> refuses() {
    return FleetOptions.TARGETS;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = settings();
    if (!fleet.given(reach, parsed())) {
      throw new IllegalArgumentException("no fleet is given; name its source with --fleet");
    }
    return fleet.run(context(), settings, reach, each, ReconcileCommand::stable, true, false);
  }

  private static Commit stable(Known known) {
    Commit stable = known.stable();
    if (stable == null) {
      throw new CommandException(
          "this environment has no stable commit to bring its members to: no deploy has been done"
              + " yet");
    }
    return stable;
  }
}
