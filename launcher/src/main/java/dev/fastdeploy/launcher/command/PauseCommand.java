package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Order;
import picocli.CommandLine.Command;

/** Pauses the deploy of a fleet. */
@Command(
    name = "pause",
    description = "Has the deploy of a fleet begin nothing new until it is resumed.")
final class PauseCommand extends OrderCommand {

  PauseCommand(CommandContext context) {
    super(context, Order.What.PAUSE);
  }
}
