package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.report.EachReport;
import dev.fastdeploy.launcher.report.FleetHook;
import dev.fastdeploy.launcher.report.FleetReport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a command to run for the events of a fleet deploy. */
final class EventOptions {

  @Option(
      names = "--on-event",
      paramLabel = "exec:COMMAND",
      description =
          "command to run for each failure and each event of the fleet as a whole; gets the event"
              + " as JSON")
  private @Nullable String onEvent;

  /** Something that reports its progress. */
  interface Told {

    /** Does it and returns the exit code. */
    int to(FleetReport report) throws IOException, InterruptedException;
  }

  /**
   * Runs something and reports its progress.
   *
   * @param json whether the output is for programs
   * @return the exit code
   * @throws IllegalArgumentException if the option is not understood, with a message for the user
   */
  int report(CommandContext context, boolean json, Told told)
      throws IOException, InterruptedException {
    FleetReport report = FleetReports.of(context, json);
    if (onEvent == null) {
      return told.to(report);
    }
    String command = ShellWords.command("--on-event", onEvent);
    FleetHook hook = new FleetHook(command, context.err(), context.clock());
    try {
      return told.to(new EachReport(List.of(report, hook)));
    } finally {
      hook.finish();
    }
  }
}
