package dev.fastdeploy.launcher.fleet.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A user's command that prints one instance per line. A command that fails or prints nothing has
 * not answered: an empty list may come from another program that failed.
 */
final class ExecOrigin implements Origin {

  private static final int LARGEST = 1024 * 1024;

  private final ProgramRun run;

  ExecOrigin(String command) {
    run = new ProgramRun("the command", List.of("sh", "-c", command), LARGEST, Map.of());
  }

  @Override
  public SourceAnswer.Seen list(AnswerDeadline deadline) throws IOException, InterruptedException {
    ProgramRun.Printed printed = run.run(deadline);
    if (printed.status() != 0) {
      throw new IOException(
          "the command ended with "
              + printed.status()
              + (printed.error().isEmpty() ? "" : ": " + printed.error()));
    }
    SourceAnswer.Seen seen = MemberLines.read(printed.output());
    if (seen.members().isEmpty()) {
      throw new IOException(
          "the command printed no instance; it must print one host:port [zone] [id] per line"
              + (printed.error().isEmpty() ? "" : " (it said: " + printed.error() + ")"));
    }
    return seen;
  }
}
