package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.report.EachReport;
import dev.fastdeploy.launcher.report.FleetHook;
import dev.fastdeploy.launcher.report.FleetReport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is told of a fleet deploy beside those who look at the command. */
final class EventOptions {

  @Option(
      names = "--on-event",
      paramLabel = "exec:COMMAND",
      description = "run for each event of the fleet as a whole and each failure, with it as JSON")
  private @Nullable String onEvent;

  /** What is told as it goes. */
  interface Told {

    /** Does it; returns the exit code. */
    int to(FleetReport report) throws IOException, InterruptedException;
  }

  /**
   * Has something reported.
   *
   * @param json whether those who look are programs
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
