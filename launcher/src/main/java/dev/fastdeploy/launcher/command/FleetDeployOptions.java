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

/** The options of a deploy to a fleet that is named by its sources; begins that deploy. */
final class FleetDeployOptions {

  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final PlanOptions plan = new PlanOptions();
  @Mixin private final OwnershipOptions lease = new OwnershipOptions();
  @Mixin private final EventOptions events = new EventOptions();

  @SuppressWarnings("NullAway.Init")
  @Spec(Target.SELF)
  private CommandSpec own;

  /**
   * Returns whether the fleet is named by its sources.
   *
   * @throws IllegalArgumentException if options need such a fleet and none is named, or if
   *     instances are named by address as well, with a message for the user
   */
  boolean given(FleetOptions reach, ParseResult parsed) {
    if (sources.given()) {
      if (reach.given()) {
        throw new IllegalArgumentException(
            "--target and --fleet are two ways to name instances; give only one of them");
      }
      return true;
    }
    for (OptionSpec option : own.options()) {
      if (parsed.hasMatchedOption(option.longestName())) {
        throw new IllegalArgumentException(
            option.longestName() + " works only with a fleet; name one with --fleet");
      }
    }
    return false;
  }

  /**
   * Begins a deploy, or continues the one with that id.
   *
   * @param goBack whether it is a rollback, which has no canary, bake or gate
   * @param force whether to deploy also to instances that rolled the commit back before
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
