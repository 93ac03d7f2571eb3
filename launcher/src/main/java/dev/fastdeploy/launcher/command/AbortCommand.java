package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Order;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.record.Closing;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.Ownership;
import dev.fastdeploy.launcher.report.FleetLines;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends a fleet's deploy, whether or not its command is still running. */
@Command(
    name = "abort",
    description =
        "Stops a fleet's deploy: it starts nothing new, finishes what is under way and ends. Also"
            + " works when the command that ran the deploy is gone.")
final class AbortCommand extends OrderCommand {

  @Option(
      names = "--lease",
      paramLabel = "DURATION",
      description =
          "how long the deploy's command must be silent before it counts as gone (default:"
              + " ${DEFAULT-VALUE})")
  private String lease = "45s";

  AbortCommand(CommandContext context) {
    super(context, Order.What.ABORT);
  }

  @Override
  int call(Environment environment, EnvironmentRecord record)
      throws IOException, InterruptedException {
    // Checked before the order is written: a mistyped option must not leave an order.
    LeaseOptions.lease(lease);
    return super.call(environment, record);
  }

  @Override
  int ordered(Environment environment, EnvironmentRecord record, Epoch epoch)
      throws IOException, InterruptedException {
    super.ordered(environment, record, epoch);
    context().out().flush();
    Duration patience = LeaseOptions.lease(lease);
    Ownership ownership =
        new Ownership(
            record, UUID.randomUUID().toString(), Initiator.of(context()), context().clock());
    Epoch ended = ownership.end(epoch.number(), patience, "aborted: " + reason());
    Closing closing = Objects.requireNonNull(ended.closing());
    Summary summary = closing.summary();
    if (summary != null) {
      new FleetLines(context().out(), context().clock()).ended(summary);
    } else {
      context()
          .out()
          .println(
              "the command that ran it is gone; the instances that it moved stay as they are: look"
                  + " with 'fastdeploy status --fleet', and go back with 'fastdeploy rollback"
                  + " --fleet' or 'fastdeploy reconcile --fleet'");
    }
    return ExitCodes.DONE;
  }
}
