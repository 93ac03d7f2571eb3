package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Order;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a fleet's deploy pass a gate. */
@Command(
    name = "promote",
    description = "Passes a gate of a fleet's deploy and ends the bake before it.")
final class PromoteCommand extends OrderCommand {

  @Option(
      names = "--gate",
      paramLabel = "N",
      required = true,
      description = "the gate's number, as the deploy reports it")
  private int gate;

  PromoteCommand(CommandContext context) {
    super(context, Order.What.PROMOTE);
  }

  @Override
  int gate() {
    if (gate < 1) {
      throw new IllegalArgumentException(
          "--gate '" + gate + "' is not a gate; give the number that the deploy reports");
    }
    return gate;
  }
}
