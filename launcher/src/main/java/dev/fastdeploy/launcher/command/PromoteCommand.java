package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Order;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes a gate for good that cannot tell. */
@Command(
    name = "promote",
    description = "Takes a gate of a fleet's deploy for good, and ends the bake before it.")
final class PromoteCommand extends OrderCommand {

  @Option(
      names = "--gate",
      paramLabel = "N",
      required = true,
      description = "the number of the gate that is meant, as the deploy tells it")
  private int gate;

  PromoteCommand(CommandContext context) {
    super(context, Order.What.PROMOTE);
  }

  @Override
  int gate() {
    if (gate < 1) {
      throw new IllegalArgumentException(
          "--gate '" + gate + "' is no gate; write its number as the deploy tells it");
    }
    return gate;
  }
}
