package dev.fastdeploy.launcher.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Carries one stream of a service to the launcher's own, byte for byte, on a thread of its own. A
 * slow reader slows the service and loses nothing. Over a restart the pump of the new service waits
 * for that of the old one, so that a stream stays in its order.
 */
final class LogPump {

  private static final int CHUNK = 64 * 1024;
  private static final Duration PATIENCE_WITH_PREDECESSOR = Duration.ofSeconds(1);

  private final InputStream from;
  private final OutputStream to;
  private final LastLines.Feed lastLines;
  private final Thread thread;

  /** Waited for once, before the first write; only the pump's own thread looks at it then. */
  private @Nullable LogPump before;

  private final AtomicLong carried = new AtomicLong();
  private volatile boolean writing;

  private LogPump(
      String name,
      InputStream from,
      OutputStream to,
      LastLines.Feed lastLines,
      @Nullable LogPump before) {
    this.from = from;
    this.to = to;
    this.lastLines = lastLines;
    this.before = before;
    this.thread = new Thread(null, this::pump, "fastdeploy-" + name, 128 * 1024, false);
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

  /**
   * Waits for the end of the stream, as long as something is carried or a reader is waited for.
   *
   * @param patience how long to wait while the service's side is silent: a descendant of the
   *     service may hold the stream open
   */
  void finish(Duration patience) throws InterruptedException {
    long seen = -1;
    while (thread.isAlive() && (writing || seen != carried.get())) {
      seen = carried.get();
      thread.join(patience.toMillis());
    }
  }

  private void pump() {
    byte[] chunk = new byte[CHUNK];
    boolean readerGone = false;
    try (from) {
      for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
        lastLines.accept(chunk, count);
        readerGone = readerGone || !write(chunk, count);
        carried.addAndGet(count);
      }
    } catch (IOException ended) {
      // The same as the end of the stream.
    }
    lastLines.end();
  }

  /** Without a reader the service must not hang on a full pipe: it is read and thrown away. */
  private boolean write(byte[] chunk, int count) {
    try {
      if (before != null) {
        before.finish(PATIENCE_WITH_PREDECESSOR);
        before = null;
      }
      writing = true;
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
