package dev.fastdeploy.contract;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines on a thread of its own: nobody may read the standard error, and the callers must go
 * on all the same. Lines behind too many others are lost, except those to be kept; the next line
 * that comes out is followed by the number of lost ones. Thread-safe.
 */
public final class QueuedLines implements Consumer<String>, AutoCloseable {

  private static final int MOST_WAITING = 1000;

  private final Writer writer;
  private final Duration patience;
  private final BlockingQueue<Line> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger thatMayBeLost = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final Thread thread =
      new Thread(null, this::bringOut, "fastdeploy-lines", 128 * 1024, false);
  private boolean ended;

  /** A null text marks the end. */
  private record Line(Instant at, @Nullable String text, boolean kept) {}

  /** The destination of lines. */
  @FunctionalInterface
  public interface Writer {

    /**
     * Writes a line; may block for as long as nobody reads.
     *
     * @param at when it was said
     * @param text the line without its end
     */
    void write(Instant at, String text) throws IOException;
  }

  private QueuedLines(Writer writer, Duration patience) {
    this.writer = writer;
    this.patience = patience;
    thread.setDaemon(true);
  }

  /**
   * Starts to take lines.
   *
   * @param patience how long {@link #close} waits for a reader
   */
  public static QueuedLines to(Writer writer, Duration patience) {
    QueuedLines lines = new QueuedLines(writer, patience);
    lines.thread.start();
    // An empty line takes the whole way without being written, to load everything that a line
    // needs: the line that matters may say that there is no memory to load anything. This one takes
    // no place of a line that may be lost.
    lines.keep("");
    return lines;
  }

  /** Takes a line. Does not block, except for the last lines after {@link #close}. */
  @Override
  public void accept(String text) {
    if (thatMayBeLost.incrementAndGet() <= MOST_WAITING) {
      take(new Line(Instant.now(), text, false));
    } else {
      thatMayBeLost.decrementAndGet();
      lost.incrementAndGet();
    }
  }

  /** Takes a line that comes out however many wait. Does not block, except after {@link #close}. */
  void keep(String text) {
    take(new Line(Instant.now(), text, true));
  }

  private void take(Line line) {
    synchronized (waiting) {
      if (!ended) {
        waiting.add(line);
        return;
      }
    }
    bringOut(line);
  }

  /** Waits until everything is out, but not long for a reader. Later lines come out at once. */
  @Override
  public void close() {
    waiting.add(new Line(Instant.now(), null, true));
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private void bringOut() {
    try {
      for (Line line = waiting.take(); line.text() != null; line = waiting.take()) {
        bringOut(line);
      }
      // Lines that others said while this thread came to the end.
      for (Line line = nextOrEnd(); line != null; line = nextOrEnd()) {
        bringOut(line);
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the next line; null at the end, from which on callers write their lines themselves. */
  private @Nullable Line nextOrEnd() {
    synchronized (waiting) {
      Line next = waiting.poll();
      ended = next == null;
      return next;
    }
  }

  private void bringOut(Line line) {
    if (line.text() == null) {
      return;
    }
    write(line.at(), line.text());
    if (!line.kept()) {
      thatMayBeLost.decrementAndGet();
    }
    int missing = lost.getAndSet(0);
    if (missing > 0) {
      write(
          Instant.now(),
          "fastdeploy: nobody read here; "
              + Text.counted(missing, "line is missing", "lines are missing"));
    }
  }

  private void write(Instant at, String text) {
    if (text.isEmpty()) {
      return;
    }
    try {
      writer.write(at, text);
    } catch (IOException readerGone) {
      // Nobody reads it.
    } catch (Throwable failure) {
      // Out of memory, for example. This thread must live on, or no later line would come out.
      lost.incrementAndGet();
    }
  }
}
