package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a deploy of a fleet by its sources can be told, and how one is begun. */
final class FleetDeployOptions {

  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final PlanOptions plan = new PlanOptions();
  @Mixin private final LeaseOptions lease = new LeaseOptions();
  @Mixin private final EventOptions events = new EventOptions();

  @SuppressWarnings("NullAway.Init")
  @Spec(Target.SELF)
  private CommandSpec own;

  /**
   * Whether a fleet is named by its sources.
   *
   * @throws IllegalArgumentException if it is not, but options are given that have a meaning only
   *     then, or if instances are named by their addresses as well, with a message for the user
   */
  boolean given(FleetOptions reach, ParseResult parsed) {
    if (sources.given()) {
      if (reach.given()) {
        throw new IllegalArgumentException(
            "--target and --fleet are two ways to name instances; give one of them");
      }
      return true;
    }
    for (OptionSpec option : own.options()) {
      if (parsed.hasMatchedOption(option.longestName())) {
        throw new IllegalArgumentException(
            option.longestName() + " has a meaning for a fleet alone; name it with --fleet");
      }
    }
    return false;
  }

  /**
   * Deploys, or goes on with the deploy of that id.
   *
   * @param goBack whether it is a rollback: no canary, bake or gate
   * @param force also where the commit was rolled back before
   * @return the command's exit code
   */
  int run(
      CommandContext context,
      Settings settings,
      FleetOptions reach,
      WaveOptions each,
      FleetPlanning.Goal goal,
      boolean goBack,
      boolean force)
      throws IOException, InterruptedException {
    return events.report(
        context,
        each.json(),
        report -> {
          Environment environment = Environment.of(settings);
          DeployId id = each.deployId(context.clock());
          List<FleetSource> open = sources.open();
          FleetPlanning planning =
              new FleetPlanning(
                  settings,
                  environment,
                  id,
                  goal,
                  goBack,
                  force,
                  open.stream().map(FleetSource::name).toList(),
                  plan,
                  lease,
                  each);
          return new FleetDeployment(context, settings, environment, lease, report)
              .run(id, planning, open, reach.clients(settings));
        });
  }
}
