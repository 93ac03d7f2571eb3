package dev.fastdeploy.launcher.supervisor.output;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Carries one stream of a process to its destination, on a thread of its own. A slow reader slows
 * the service and loses nothing. After a restart the pump of the new service waits for that of the
 * old one, so that a stream stays in order.
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
   * Waited for once, before the first write, and released in any case: a stream that never says
   * anything must not keep the pumps of all earlier services.
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
   * @param stream the stream that is carried
   * @param before the pump of the previous process, on the same stream
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

  /** Waits until everything was read, for this time at most. */
  public void awaitEnd(Duration most) throws InterruptedException {
    thread.join(most.toMillis());
  }

  /**
   * Waits for the end of the stream. Time spent waiting for a reader does not count, so that a slow
   * one loses nothing.
   *
   * @param patience the time for which a descendant of the service may hold the stream open
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
    // Also for a process that said nothing: whoever waits for this pump waits for earlier ones.
    bringOut(() -> to.end(Instant.now()));
    before = null;
  }

  /**
   * Does a step. Without a reader, the output is read and discarded: a full pipe blocks the
   * service.
   */
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
      // These bytes are lost. A full pipe must not block the service because of that.
      Diagnostics.say("output of the service is lost: " + Diagnostics.reason(failure));
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
      readerGone = true;
    } finally {
      writing = false;
    }
  }
}
