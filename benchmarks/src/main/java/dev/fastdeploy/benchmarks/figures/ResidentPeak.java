package dev.fastdeploy.benchmarks.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The most memory that processes have resident together, looked at a few times a second, in
 * megabytes of a million bytes. Pages that two of them share count twice. Thread-safe.
 */
public final class ResidentPeak implements AutoCloseable {

  private static final int LOOK_MILLIS = 200;

  private final Supplier<? extends Collection<Long>> pids;
  private final Thread thread = new Thread(this::watch, "benchmark-memory");
  private volatile boolean closed;
  private double peak;

  private ResidentPeak(Supplier<? extends Collection<Long>> pids) {
    this.pids = pids;
  }

  /**
   * Begins to look.
   *
   * @param pids the processes at each look
   */
  public static ResidentPeak watch(Supplier<? extends Collection<Long>> pids) {
    ResidentPeak watch = new ResidentPeak(pids);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!closed) {
        double now = megabytes(pids.get());
        synchronized (this) {
          peak = Math.max(peak, now);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static double megabytes(Collection<Long> pids) {
    return pids.stream().mapToLong(ResidentPeak::kilobytes).sum() * 1024 / 1e6;
  }

  /** A process that has ended, and one that is about to, has no such line. */
  private static long kilobytes(long pid) {
    try {
      return SmapsRollup.kilobytes(
          Files.readAllLines(Path.of("/proc/" + pid + "/status")), "VmRSS:");
    } catch (IOException ended) {
      return 0;
    }
  }

  /** Returns the peak since the last call. */
  public synchronized double take() {
    double seen = peak;
    peak = 0;
    return seen;
  }

  /** Looks no more. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
