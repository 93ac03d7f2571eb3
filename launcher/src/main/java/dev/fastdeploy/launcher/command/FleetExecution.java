package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.DeployOrder;
import dev.fastdeploy.launcher.fleet.FleetListener;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.launcher.fleet.TargetsDeployRunner;
import dev.fastdeploy.launcher.report.JsonReport;
import dev.fastdeploy.launcher.report.LineReport;
import dev.fastdeploy.launcher.report.TerminalProgress;
import java.util.List;

/** Has a fleet carry out an order and reports the progress. */
final class FleetExecution {

  private final CommandContext context;
  private final boolean json;

  FleetExecution(CommandContext context, boolean json) {
    this.context = context;
    this.json = json;
  }

  /**
   * Returns the command's exit code.
   *
   * @param clients closed at the end
   */
  int run(DeployOrder order, List<Target> targets, InstanceClients clients)
      throws InterruptedException {
    try (clients) {
      TargetsDeployRunner runner =
          new TargetsDeployRunner(
              order, targets, clients, listener(order, targets), context.clock());
      InterruptHook hook = InterruptHook.install(runner);
      try {
        return runner.run().exitCode();
      } finally {
        hook.remove();
      }
    }
  }

  private FleetListener listener(DeployOrder order, List<Target> targets) {
    if (json) {
      return new JsonReport(context.out());
    }
    context
        .out()
        .println(
            order.operation().word()
                + " "
                + order.id()
                + (order.commit() == null ? "" : " of " + order.commit())
                + " on "
                + (targets.size() == 1 ? "1 instance" : targets.size() + " instances"));
    return context.terminal()
        ? new TerminalProgress(context.out(), context.clock(), targets.size(), context.columns())
        : new LineReport(context.out(), context.clock());
  }
}
