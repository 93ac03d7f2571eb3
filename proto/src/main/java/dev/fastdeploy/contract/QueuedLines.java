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
 * Brings lines out on a thread of its own: nobody may read the standard error, and who says a line
 * must go on all the same. Those that too many others wait before are lost, except those that are
 * to be kept; the next one that comes out is followed by how many. Thread-safe.
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

  /** No text marks the end. */
  private record Line(Instant at, @Nullable String text, boolean kept) {}

  /** Where lines come out. */
  @FunctionalInterface
  public interface Writer {

    /**
     * Writes a line; may block for as long as nobody reads.
     *
     * @param at when it was said
     * @param text without its end
     */
    void write(Instant at, String text) throws IOException;
  }

  private QueuedLines(Writer writer, Duration patience) {
    this.writer = writer;
    this.patience = patience;
    thread.setDaemon(true);
  }

  /**
   * Begins to take lines.
   *
   * @param patience how long {@link #close} waits for a reader
   */
  public static QueuedLines to(Writer writer, Duration patience) {
    QueuedLines lines = new QueuedLines(writer, patience);
    lines.thread.start();
    // A line of no text goes the whole way and does not come out: all is loaded then that a line
    // takes. The one that matters may be that there is no memory to load anything. It takes no
    // place of one that may be lost.
    lines.keep("");
    return lines;
  }

  /** Takes a line. Does not block, except for the last words after {@link #close}. */
  @Override
  public void accept(String text) {
    if (thatMayBeLost.incrementAndGet() <= MOST_WAITING) {
      take(new Line(Instant.now(), text, false));
    } else {
      thatMayBeLost.decrementAndGet();
      lost.incrementAndGet();
    }
  }

  /** Takes a line that comes out however many wait. Does not block, as above. */
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

  /** Waits until all is out, but not long for a reader. What is said later comes out at once. */
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
      // What others said while this one came to the end.
      for (Line line = nextOrEnd(); line != null; line = nextOrEnd()) {
        bringOut(line);
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  /** From the moment that nothing waits who says a line brings it out. */
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
      write(Instant.now(), "fastdeploy: nobody read here; " + missing + " lines are missing");
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
      // Memory, say. This thread must live on, or no later line would come out.
      lost.incrementAndGet();
    }
  }
}
