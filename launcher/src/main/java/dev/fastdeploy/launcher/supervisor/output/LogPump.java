package dev.fastdeploy.launcher.supervisor.output;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Carries one stream of a process to where it comes out, on a thread of its own. A slow reader
 * slows the service and loses nothing. Over a restart the pump of the new service waits for that of
 * the old one, so that a stream stays in its order.
 */
public final class LogPump {

  private static final int CHUNK = 64 * 1024;
  private static final Duration PATIENCE_WITH_PREDECESSOR = Duration.ofSeconds(1);
  private static final long STEP_MILLIS = 20;

  private final InputStream from;
  private final LogSink to;
  private final LastLines.Feed lastLines;
  private final Thread thread;
  private volatile boolean writing;
  private boolean readerGone;

  /**
   * Waited for once, before the first write, and let go of in any case: a stream that never says
   * anything must not keep the pumps of all services before.
   */
  private volatile @Nullable LogPump before;

  private interface Step {
    void run() throws IOException;
  }

  private LogPump(
      LogStream stream,
      InputStream from,
      LogSink to,
      LastLines.Feed lastLines,
      @Nullable LogPump before) {
    this.from = from;
    this.to = to;
    this.lastLines = lastLines;
    this.before = before;
    this.thread = new Thread(null, this::pump, "fastdeploy-" + stream.label(), 128 * 1024, false);
    thread.setDaemon(true);
  }

  /**
   * Starts carrying.
   *
   * @param stream which one it is
   * @param before the pump of the process before, on the same stream
   */
  public static LogPump start(
      LogStream stream,
      InputStream from,
      LogSink to,
      LastLines.Feed lastLines,
      @Nullable LogPump before) {
    LogPump pump = new LogPump(stream, from, to, lastLines, before);
    pump.thread.start();
    return pump;
  }

  /** Returns true if the stream has ended and all of it came out. */
  public boolean ended() {
    return !thread.isAlive();
  }

  /** Returns true if it waits for a reader now. */
  public boolean isWriting() {
    return writing;
  }

  /** Waits until all was read, for this time at most. */
  public void awaitEnd(Duration most) throws InterruptedException {
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

  private void pump() {
    byte[] chunk = new byte[CHUNK];
    try (from) {
      for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
        int length = count;
        Instant readAt = Instant.now();
        lastLines.accept(chunk, length);
        bringOut(() -> to.accept(readAt, chunk, length));
      }
    } catch (IOException ended) {
      // The same as the end of the stream.
    }
    lastLines.end();
    // Also for a process that said nothing: who waits for this pump waits for those before it.
    bringOut(() -> to.end(Instant.now()));
    before = null;
  }

  /** Without a reader the service must not hang on a full pipe: it is read and thrown away. */
  private void bringOut(Step step) {
    if (readerGone) {
      return;
    }
    writing = true;
    try {
      LogPump predecessor = before;
      if (predecessor != null) {
        predecessor.finish(PATIENCE_WITH_PREDECESSOR);
        before = null;
      }
      step.run();
    } catch (IOException nobodyReads) {
      readerGone = true;
    } catch (OutOfMemoryError | RuntimeException failure) {
      // These bytes are lost. The service must not hang on a full pipe for it.
      Diagnostics.say("output of the service is lost: " + Diagnostics.reason(failure));
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
      readerGone = true;
    } finally {
      writing = false;
    }
  }
}
