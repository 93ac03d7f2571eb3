package dev.fastdeploy.launcher.supervisor.output;

import dev.fastdeploy.contract.QueuedLines;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Writes the launcher's own lines on a thread of its own: nobody may read its standard error, and
 * the supervisor must react to signals all the same. Thread-safe.
 */
public final class LauncherLines implements Consumer<String>, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final QueuedLines lines;

  private LauncherLines(QueuedLines lines) {
    this.lines = lines;
  }

  /** Starts to take lines. */
  public static LauncherLines to(Logs logs) {
    return new LauncherLines(QueuedLines.to(logs::writeLaunchersLine, PATIENCE));
  }

  /** Takes a line. Does not block, except for the last lines after {@link #close}. */
  @Override
  public void accept(String text) {
    lines.accept(text);
  }

  /** Waits until everything is out, but not long for a reader. Later lines come out at once. */
  @Override
  public void close() {
    lines.close();
  }
}
