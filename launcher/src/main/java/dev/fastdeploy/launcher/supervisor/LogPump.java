package dev.fastdeploy.launcher.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries one stream of a service to the launcher's own, byte for byte, on a thread of its own. A
 * slow reader slows the service and loses nothing. Over a restart the pump of the new service waits
 * for that of the old one, so that a stream stays in its order.
 */
final class LogPump {

  private static final int CHUNK = 64 * 1024;
  private static final Duration PATIENCE_WITH_PREDECESSOR = Duration.ofSeconds(1);
  private static final long STEP_MILLIS = 20;

  private final Thread thread;
  private volatile boolean writing;

  /**
   * Waited for once, before the first write, and let go of in any case: a stream that never says
   * anything must not keep the pumps of all services before.
   */
  private volatile @Nullable LogPump before;

  private LogPump(
      String name,
      InputStream from,
      OutputStream to,
      LastLines.Feed lastLines,
      @Nullable LogPump before) {
    this.before = before;
    this.thread =
        new Thread(null, () -> pump(from, to, lastLines), "fastdeploy-" + name, 128 * 1024, false);
    thread.setDaemon(true);
  }

  /**
   * Starts carrying.
   *
   * @param name {@code stdout} or {@code stderr}
   * @param before the pump of the service before, on the same stream
   */
  static LogPump start(
      String name,
      InputStream from,
      OutputStream to,
      LastLines.Feed lastLines,
      @Nullable LogPump before) {
    LogPump pump = new LogPump(name, from, to, lastLines, before);
    pump.thread.start();
    return pump;
  }

  /** Whether the stream has ended and all of it came out. */
  boolean ended() {
    return !thread.isAlive();
  }

  /** Whether it waits for a reader now. */
  boolean isWriting() {
    return writing;
  }

  /** Waits until all was read, for this time at most. */
  void awaitEnd(Duration most) throws InterruptedException {
    thread.join(most.toMillis());
  }

  /**
   * Waits for the end of the stream. The time in which a reader is waited for does not count, so
   * that a slow one loses nothing.
   *
   * @param patience how long a descendant of the service may hold the stream open
   */
  void finish(Duration patience) throws InterruptedException {
    long left = patience.toMillis();
    while (!ended() && (writing || left > 0)) {
      thread.join(STEP_MILLIS);
      if (!writing) {
        left -= STEP_MILLIS;
      }
    }
  }

  private void pump(InputStream from, OutputStream to, LastLines.Feed lastLines) {
    byte[] chunk = new byte[CHUNK];
    boolean readerGone = false;
    try (from) {
      for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
        lastLines.accept(chunk, count);
        readerGone = readerGone || !write(to, chunk, count);
      }
    } catch (IOException ended) {
      // The same as the end of the stream.
    }
    lastLines.end();
    before = null;
  }

  /** Without a reader the service must not hang on a full pipe: it is read and thrown away. */
  private boolean write(OutputStream to, byte[] chunk, int count) {
    writing = true;
    try {
      LogPump predecessor = before;
      if (predecessor != null) {
        predecessor.finish(PATIENCE_WITH_PREDECESSOR);
        before = null;
      }
      synchronized (to) {
        to.write(chunk, 0, count);
      }
      return true;
    } catch (IOException readerGone) {
      return false;
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      writing = false;
    }
  }
}
