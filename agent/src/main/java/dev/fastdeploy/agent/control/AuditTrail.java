package dev.fastdeploy.agent.control;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The audit lines of an endpoint. A client that polls would bury the service's own log: allowed
 * reads are only counted while the last line of their kind is recent, and the next line of that
 * kind gives the count. Refusals after the first few are counted too, and reported soon. An
 * accepted change always gets its line. Thread-safe.
 */
final class AuditTrail {

  private static final Duration YOUNG = Duration.ofSeconds(10);

  /** Beyond this many kinds the one written longest ago is forgotten, with its count. */
  private static final int KINDS = 256;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Log log;
  private final Later later;
  private final RefusalCount refusals = new RefusalCount();
  private final Map<Kind, Written> written = new LinkedHashMap<>();

  /**
   * @param clock gives the time of a line
   * @param nanoTime gives the age of a line, even if the clock is set meanwhile
   * @param log receives each line
   * @param later runs a task after a delay
   */
  AuditTrail(InstantSource clock, LongSupplier nanoTime, Log log, Later later) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.log = log;
    this.later = later;
  }

  /** The destination of the lines. */
  @FunctionalInterface
  interface Log {

    /** Writes a line, which may be lost if nobody reads. */
    void say(String line);

    /** Writes a line that must not be dropped in favour of others. */
    default void keep(String line) {
      say(line);
    }
  }

  /** Runs a task after a delay. */
  @FunctionalInterface
  interface Later {
    void in(Duration delay, Runnable task);
  }

  /**
   * The key by which two reads count as repeated: the caller and its address, the call, the deploy.
   */
  record Kind(String host, String identity, String call, String deploy) {}

  /** Writes the line of an allowed request. */
  void write(Kind kind, String fields) {
    log.say(line(fields, forget(kind)));
  }

  /** Writes the line of an accepted change. */
  void writeAccepted(Kind kind, String fields) {
    log.keep(line(fields, forget(kind)));
  }

  /** Writes the line of a refused request, or counts it. */
  void writeRefused(Kind kind, String fields) {
    boolean first;
    synchronized (refusals) {
      boolean counted = refusals.hasCounted();
      if (refusals.deservesALine(kind.host(), nanoTime.getAsLong())) {
        first = false;
      } else if (counted) {
        return;
      } else {
        first = true;
      }
    }
    if (first) {
      later.in(RefusalCount.WINDOW, this::tellCounted);
    } else {
      write(kind, fields);
    }
  }

  private void tellCounted() {
    Map<String, Integer> counted;
    synchronized (refusals) {
      counted = refusals.take();
    }
    counted.forEach(
        (host, number) ->
            log.say(
                line(
                    "peer=" + host + " identity=- call=- deploy=- commit=- decision=not-allowed",
                    number)));
  }

  /** Writes the line of an allowed read, or counts it. */
  void writeRead(Kind kind, String fields) {
    int repeated;
    synchronized (written) {
      Written last = written.get(kind);
      long now = nanoTime.getAsLong();
      if (last != null && now - last.atNanos < YOUNG.toNanos()) {
        last.repeated++;
        return;
      }
      repeated = forget(kind);
      written.put(kind, new Written(now));
      if (written.size() > KINDS) {
        written.remove(written.keySet().iterator().next());
      }
    }
    log.say(line(fields, repeated));
  }

  private int forget(Kind kind) {
    synchronized (written) {
      @Nullable Written last = written.remove(kind);
      return last == null ? 0 : last.repeated;
    }
  }

  private String line(String fields, int repeated) {
    return "audit time="
        + clock.instant()
        + " "
        + fields
        + (repeated == 0 ? "" : " repeated=" + repeated);
  }

  private static final class Written {

    private final long atNanos;
    private int repeated;

    Written(long atNanos) {
      this.atNanos = atNanos;
    }
  }
}
