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

/** Leaves an order for a fleet's deploy that another command is running. */
abstract class OrderCommand extends RecordCommand {

  private final Order.What what;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "the deploy (default: the one under way)")
  private @Nullable String id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for readers of the history")
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
        new Order(UUID.randomUUID().toString(), what, gate, Initiator.of(context()), reason());
    if (!record.order(epoch.number(), order)) {
      throw new CommandException("the order could not be recorded; try again");
    }
    return ordered(environment, record, epoch);
  }

  final String reason() {
    return Reason.of(reason);
  }

  /** Returns the number of the gate that the order is for, or 0 if it is for no gate. */
  int gate() {
    return 0;
  }

  /** Does what follows once the order is recorded, and returns the exit code. */
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
