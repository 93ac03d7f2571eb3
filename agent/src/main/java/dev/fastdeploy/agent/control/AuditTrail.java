package dev.fastdeploy.agent.control;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The audit lines of an endpoint. A client that polls would bury the service's own log: reads that
 * were allowed are counted while the last line of their kind is young, and the next such line tells
 * how many there were. Thread-safe.
 */
final class AuditTrail {

  private static final Duration YOUNG = Duration.ofSeconds(10);

  /** More kinds than this are forgotten, the longest unwritten first, with what they counted. */
  private static final int KINDS = 256;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Consumer<String> log;
  private final Map<Kind, Written> written = new LinkedHashMap<>();

  /**
   * @param clock tells the time of a line
   * @param nanoTime tells how old a line is, whatever the clock is set to meanwhile
   * @param log takes each line
   */
  AuditTrail(InstantSource clock, LongSupplier nanoTime, Consumer<String> log) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.log = log;
  }

  /** What makes two reads repetitions: who asks from where, what, and about which deploy. */
  record Kind(String host, String identity, String call, String deploy) {}

  /** Writes the line of something that changes the instance or was not allowed. */
  void write(Kind kind, String fields) {
    say(fields, forget(kind));
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
    say(fields, repeated);
  }

  private int forget(Kind kind) {
    synchronized (written) {
      @Nullable Written last = written.remove(kind);
      return last == null ? 0 : last.repeated;
    }
  }

  private void say(String fields, int repeated) {
    log.accept(
        "audit time="
            + clock.instant()
            + " "
            + fields
            + (repeated == 0 ? "" : " repeated=" + repeated));
  }

  private static final class Written {

    private final long atNanos;
    private int repeated;

    Written(long atNanos) {
      this.atNanos = atNanos;
    }
  }
}
