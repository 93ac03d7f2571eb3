package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.report.FleetJson;
import dev.fastdeploy.launcher.report.FleetLines;
import dev.fastdeploy.launcher.report.FleetReport;
import dev.fastdeploy.launcher.report.FleetScreen;

/** Chooses how a fleet deploy is reported: to a program, a terminal or a log. */
final class FleetReports {

  private FleetReports() {}

  static FleetReport of(CommandContext context, boolean json) {
    if (json) {
      return new FleetJson(context.out(), context.clock());
    }
    return context.terminal()
        ? new FleetScreen(context.out(), context.clock(), context.columns())
        : new FleetLines(context.out(), context.clock());
  }
}
