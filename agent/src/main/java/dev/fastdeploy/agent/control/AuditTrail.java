package dev.fastdeploy.agent.control;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The audit lines of an endpoint. A client that polls would bury the service's own log: reads that
 * were allowed are counted while the last line of their kind is young, and the next such line tells
 * how many there were. Refusals are counted past the first few, and soon told. The line of an
 * accepted change is always written. Thread-safe.
 */
final class AuditTrail {

  private static final Duration YOUNG = Duration.ofSeconds(10);

  /** More kinds than this are forgotten, the longest unwritten first, with what they counted. */
  private static final int KINDS = 256;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Log log;
  private final Later later;
  private final RefusalCount refusals = new RefusalCount();
  private final Map<Kind, Written> written = new LinkedHashMap<>();

  /**
   * @param clock tells the time of a line
   * @param nanoTime tells how old a line is, whatever the clock is set to meanwhile
   * @param log takes each line
   * @param later runs something after a time
   */
  AuditTrail(InstantSource clock, LongSupplier nanoTime, Log log, Later later) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.log = log;
    this.later = later;
  }

  /** Where lines go. */
  @FunctionalInterface
  interface Log {

    /** Takes a line, which may be lost where nobody reads. */
    void say(String line);

    /** Takes a line that must not be lost for others' sake. */
    default void keep(String line) {
      say(line);
    }
  }

  /** Runs something after a time. */
  @FunctionalInterface
  interface Later {
    void in(Duration delay, Runnable task);
  }

  /** What makes two reads repetitions: who asks from where, what, and about which deploy. */
  record Kind(String host, String identity, String call, String deploy) {}

  /** Writes the line of what somebody asked for who may. */
  void write(Kind kind, String fields) {
    log.say(line(fields, forget(kind)));
  }

  /** Writes the line of a change that was accepted. */
  void writeAccepted(Kind kind, String fields) {
    log.keep(line(fields, forget(kind)));
  }

  /** Writes the line of what was not allowed, or counts it. */
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
