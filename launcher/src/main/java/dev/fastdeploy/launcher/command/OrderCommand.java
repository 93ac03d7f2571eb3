package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Order;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Leaves an order for the deploy of a fleet that another command carries out. */
abstract class OrderCommand extends RecordCommand {

  private final Order.What what;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "the deploy that is meant (default: the one under way)")
  private @Nullable String id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why, for those who read the history")
  private String reason = "";

  OrderCommand(CommandContext context, Order.What what) {
    super(context);
    this.what = what;
  }

  @Override
  int call(Environment environment, EnvironmentRecord record)
      throws IOException, InterruptedException {
    int gate = gate();
    DeployId meant = id == null ? null : new DeployId(id);
    Epoch epoch =
        record
            .newest()
            .filter(newest -> newest.isOpen() && !newest.beginning().isLock())
            .orElseThrow(
                () -> new CommandException("no deploy of " + environment + " is under way"));
    if (meant != null && !meant.equals(epoch.beginning().deploy())) {
      throw new CommandException(
          "the deploy '"
              + meant
              + "' is not under way in "
              + environment
              + "; it is held by "
              + epoch.beginning().holder());
    }
    Order order =
        new Order(UUID.randomUUID().toString(), what, gate, Caller.of(context()), reason());
    if (!record.order(epoch.number(), order)) {
      throw new CommandException("the order could not be left; give it again");
    }
    return ordered(environment, record, epoch);
  }

  final String reason() {
    return Reason.of(reason);
  }

  /** The number of the gate that is meant; 0 for none. */
  int gate() {
    return 0;
  }

  /** What follows once the order is there; returns the exit code. */
  int ordered(Environment environment, EnvironmentRecord record, Epoch epoch)
      throws IOException, InterruptedException {
    context()
        .out()
        .println(
            "asked "
                + epoch.beginning().holder()
                + " to "
                + what.name().toLowerCase(java.util.Locale.ROOT));
    return ExitCodes.DONE;
  }
}
