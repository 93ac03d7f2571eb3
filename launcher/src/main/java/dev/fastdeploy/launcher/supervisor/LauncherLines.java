package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.launcher.supervisor.output.Logs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the launcher's own lines out on a thread of its own: nobody may read its standard error,
 * and the supervisor must react to signals all the same. Thread-safe.
 */
final class LauncherLines implements Consumer<String>, AutoCloseable {

  private static final int MOST_WAITING = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Logs logs;
  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicInteger lost = new AtomicInteger();
  private final Thread thread = new Thread(null, this::bringOut, "fastdeploy-lines", 128 * 1024);
  private volatile boolean closed;

  /** No text marks the end. */
  private record Line(Instant at, @Nullable String text) {}

  private LauncherLines(Logs logs) {
    this.logs = logs;
    thread.setDaemon(true);
  }

  /** Begins to take lines. */
  static LauncherLines to(Logs logs) {
    LauncherLines lines = new LauncherLines(logs);
    lines.thread.start();
    return lines;
  }

  /** Takes a line. Does not block, except for the last words after {@link #close}. */
  @Override
  public void accept(String text) {
    if (!closed) {
      if (!waiting.offer(new Line(Instant.now(), text))) {
        lost.incrementAndGet();
      }
    } else if (!thread.isAlive()) {
      write(Instant.now(), text);
    }
  }

  /** Waits until all is out, but not long for a reader. What is said later comes out at once. */
  @Override
  public void close() {
    closed = true;
    try {
      if (waiting.offer(
          new Line(Instant.now(), null), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.join(PATIENCE.toMillis());
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private void bringOut() {
    try {
      for (Line line = waiting.take(); line.text() != null; line = waiting.take()) {
        write(line.at(), line.text());
        int missing = lost.getAndSet(0);
        if (missing > 0) {
          write(Instant.now(), "fastdeploy: nobody read here; " + missing + " lines are missing");
        }
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Instant at, String text) {
    try {
      logs.writeLaunchersLine(at, text);
    } catch (IOException readerGone) {
      // Nobody reads it.
    }
  }
}
