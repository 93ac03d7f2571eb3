package dev.fastdeploy.launcher.supervisor.output;

import java.io.IOException;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Writes lines whose ends take too long. A pump cannot do that: it waits for the next byte. One
 * thread for all, which starts with the first such line. Thread-safe.
 */
final class WaitingLines {

  /** A line that may be waiting. */
  interface Line {

    /** No longer waiting. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Writes the line if it has waited for long enough.
     *
     * @return the time to come again, or {@link #NEVER}
     * @throws IOException if nobody will ever read
     */
    long bringOut(long now) throws IOException;
  }

  private record Due(Line line, long time) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Long.signum(time - other.time);
    }
  }

  private final Consumer<Runnable> threads;
  private final PriorityQueue<Due> waiting = new PriorityQueue<>();

  private boolean started;

  WaitingLines() {
    this(WaitingLines::startThread);
  }

  /**
   * @param threads runs a task on a thread of its own
   */
  WaitingLines(Consumer<Runnable> threads) {
    this.threads = threads;
  }

  private static void startThread(Runnable task) {
    Thread thread = new Thread(null, task, "fastdeploy-waiting", 128 * 1024, false);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Takes a line that begins to wait.
   *
   * @param due the time to look at it, nanoseconds
   */
  synchronized void add(Line line, long due) {
    waiting.add(new Due(line, due));
    if (!started) {
      start();
    }
    notifyAll();
  }

  private void start() {
    try {
      threads.accept(this::run);
      started = true;
    } catch (OutOfMemoryError noThread) {
      // The pump must go on. The line comes out with its end, or when another begins to wait.
    }
  }

  private void run() {
    try {
      while (true) {
        Due next = next();
        bringOut(next.line());
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Due next() throws InterruptedException {
    while (true) {
      Due first = waiting.peek();
      if (first == null) {
        wait();
        continue;
      }
      long left = first.time() - System.nanoTime();
      if (left <= 0) {
        return waiting.remove();
      }
      wait(left / 1_000_000 + 1);
    }
  }

  private void bringOut(Line line) {
    try {
      long again = line.bringOut(System.nanoTime());
      if (again != Line.NEVER) {
        add(line, again);
      }
    } catch (IOException nobodyReads) {
      // The pump notices that itself.
    }
  }
}
