package dev.fastdeploy.launcher.fleet.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A command of the user's that prints an instance a line. One that fails or prints nothing has not
 * told anything: who lists instances by another program's output has no fleet when that fails.
 */
final class ExecOrigin implements Origin {

  private static final int LARGEST = 1024 * 1024;

  private final CommandRun run;

  ExecOrigin(String command) {
    run = new CommandRun("the command", List.of("sh", "-c", command), LARGEST, Map.of());
  }

  @Override
  public Answer.Seen list(Deadline deadline) throws IOException, InterruptedException {
    CommandRun.Printed printed = run.run(deadline);
    if (printed.status() != 0) {
      throw new IOException(
          "the command ended with "
              + printed.status()
              + (printed.error().isEmpty() ? "" : ": " + printed.error()));
    }
    Answer.Seen seen = MemberLines.read(printed.output());
    if (seen.members().isEmpty()) {
      throw new IOException(
          "the command printed no instance; let it print host:port [zone] [id] a line"
              + (printed.error().isEmpty() ? "" : " (it said: " + printed.error() + ")"));
    }
    return seen;
  }
}
