package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Order;
import picocli.CommandLine.Command;

/** Lets a paused deploy of a fleet go on. */
@Command(name = "resume", description = "Lets a deploy of a fleet go on that was paused.")
final class ResumeCommand extends OrderCommand {

  ResumeCommand(CommandContext context) {
    super(context, Order.What.RESUME);
  }
}
