package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Order;
import picocli.CommandLine.Command;

/** Resumes the deploy of a fleet. */
@Command(name = "resume", description = "Resumes the deploy of a fleet that was paused.")
final class ResumeCommand extends OrderCommand {

  ResumeCommand(CommandContext context) {
    super(context, Order.What.RESUME);
  }
}
