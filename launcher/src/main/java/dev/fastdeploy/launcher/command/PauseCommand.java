package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Order;
import picocli.CommandLine.Command;

/** Pauses the deploy of a fleet. */
@Command(
    name = "pause",
    description = "Pauses the deploy of a fleet: it starts nothing new until it is resumed.")
final class PauseCommand extends OrderCommand {

  PauseCommand(CommandContext context) {
    super(context, Order.What.PAUSE);
  }
}
