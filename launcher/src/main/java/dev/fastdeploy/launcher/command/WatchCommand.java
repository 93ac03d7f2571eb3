package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.record.Closing;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.Follower;
import dev.fastdeploy.launcher.report.FleetReport;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a fleet's deploy that another command is running, or how a past one went. */
@Command(
    name = "watch",
    description =
        "Shows the deploy of an environment that is under way, or the last one, from its record.")
final class WatchCommand extends RecordCommand {

  @Parameters(paramLabel = "ID", arity = "0..1", description = "the deploy (default: the last one)")
  private @Nullable String id;

  @Option(names = "--json", description = "print one JSON object per line")
  private boolean json;

  WatchCommand(CommandContext context) {
    super(context);
  }

  @Override
  int call(Environment environment, EnvironmentRecord record)
      throws IOException, InterruptedException {
    Epoch epoch = wanted(environment, record);
    Plan plan = Objects.requireNonNull(epoch.beginning().plan());
    FleetReport report = FleetReports.of(context(), json);
    report.begun(epoch.number(), epoch.beginning().resumes(), plan);
    requireReader();
    Epoch last =
        new Follower(
                record,
                event -> {
                  report.said(event);
                  requireReader();
                })
            .follow(epoch);
    Closing closing = Objects.requireNonNull(last.closing());
    Summary summary = closing.summary();
    if (summary == null) {
      throw new CommandException(
          "the deploy " + plan.deploy() + " has no recorded end: " + EpochLine.of(last));
    }
    report.ended(summary);
    return summary.ending().exitCode();
  }

  /** The deploy goes on when nobody watches, but this command then has no purpose. */
  private void requireReader() {
    if (context().out().checkError()) {
      throw new CommandException(
          "nobody reads the output any more: 'watch' ends, the deploy goes on");
    }
  }

  private Epoch wanted(Environment environment, EnvironmentRecord record) throws IOException {
    Optional<Epoch> found =
        id == null ? record.newest(Epoch::isDeploy) : record.find(new DeployId(id));
    return found.orElseThrow(
        () ->
            new CommandException(
                id == null
                    ? "nothing has been deployed to " + environment + " yet"
                    : "the record of "
                        + environment
                        + " has no deploy '"
                        + id
                        + "'; 'fastdeploy history' lists its deploys"));
  }
}
