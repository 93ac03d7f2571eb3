package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.record.Closing;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.fleet.source.FleetSources;
import dev.fastdeploy.launcher.report.FleetReport;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Continues a deploy whose command is gone, or repeats one that was not done. */
@Command(
    name = "retry",
    description =
        "Continues a fleet's deploy whose command is gone, by the same plan. If the deploy has"
            + " ended without being done, repeats it under another id.",
    footer = {FleetExitCodes.LINE_1, FleetExitCodes.LINE_2, FleetExitCodes.LINE_3})
final class RetryCommand extends Subcommand {

  @Parameters(paramLabel = "ID", description = "the deploy; 'fastdeploy history' lists them")
  private String id = "";

  @Mixin private final FleetOptions reach = new FleetOptions();
  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final OwnershipOptions lease = new OwnershipOptions();
  @Mixin private final EventOptions events = new EventOptions();

  @Option(names = "--json", description = "print one JSON object per line")
  private boolean json;

  RetryCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return RECORD_AND_CONTROL;
  }

  @Override
  List<String> needs() {
    return RECORD_OPTIONS;
  }

  @Override
  List<String> refuses() {
    return FleetOptions.TARGETS;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    reach.requireNoTargets();
    return events.report(context(), json, this::retry);
  }

  private int retry(FleetReport report) throws IOException, InterruptedException {
    Settings settings = settings();
    Environment environment = Environment.of(settings);
    Plan plan = plan(environment, new DeployId(id));
    List<FleetSource> open = sources.given() ? sources.open() : recorded(plan);
    return new FleetDeployment(context(), settings, environment, lease, report)
        .run(plan.deploy(), before -> since(before, plan), open, reach.clients(settings));
  }

  /** Another deploy may have been done since: a failure returns to what is stable now. */
  private static Plan since(@Nullable Epoch before, Plan plan) {
    return before == null ? plan : plan.again(plan.deploy(), before.known().stable());
  }

  /** A source that was given with a secret in it is not in the record. */
  private static List<FleetSource> recorded(Plan plan) {
    for (String source : plan.sources()) {
      if (!FleetSources.isWhole(source)) {
        throw new CommandException(
            "the record does not have the complete source '"
                + source
                + "'; give it again with --fleet");
      }
    }
    return SourceOptions.open(plan.sources());
  }

  private Plan plan(Environment environment, DeployId wanted) throws IOException {
    try (EnvironmentRecord record = environment.record()) {
      Epoch epoch =
          record
              .find(wanted)
              .orElseThrow(
                  () ->
                      new CommandException(
                          "the record of "
                              + environment
                              + " has no deploy '"
                              + wanted
                              + "'; 'fastdeploy history' lists its deploys"));
      Plan plan = Objects.requireNonNull(epoch.beginning().plan());
      Closing closing = epoch.closing();
      Summary summary = closing == null ? null : closing.summary();
      boolean isBroken =
          closing != null
              && closing.how() == Closing.How.BROKEN
              && record.newest().filter(newest -> newest.number() == epoch.number()).isPresent();
      boolean again = summary == null ? isBroken : summary.ending() != Ending.DONE;
      return again ? plan.again(DeployIds.fresh(context().clock()), epoch.known().stable()) : plan;
    }
  }
}
