package dev.fastdeploy.launcher.fleet.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that are not in the record yet, and the time of the next segment. One segment is on
 * its way at a time; it is sent again, unchanged, until it is confirmed, because it may be there
 * already.
 */
final class Journal {

  private static final long PACE = 2_000;
  private static final long LONGEST_PAUSE = 10_000;

  /** Calls to the record time out before this. */
  private static final long LONGEST_ANSWER = 10_000;

  private static final long RETRY = 1_000;

  private final long half;

  /**
   * The time between two segments, also with nothing to record: often enough to keep a short lease
   * fresh.
   */
  private final long pace;

  private final long longestPause;
  private List<Action.Entry> waiting = new ArrayList<>();
  private @Nullable List<Action.Entry> sent;
  private int segment;
  private long sentAt;
  private long owned;
  private long nextAt;
  private long fed;
  private long written;
  private boolean urgent;
  private boolean flush;
  private boolean failing;

  Journal(Duration lease) {
    this.half = lease.toMillis() / 2;
    this.pace = Math.min(PACE, half / 2);
    this.longestPause = Math.min(LONGEST_PAUSE, half / 2);
  }

  /** Starts the journal of a new owner. Creating its epoch counts as a sign of life. */
  void begin(long now) {
    waiting = new ArrayList<>();
    sent = null;
    segment = 0;
    owned = now;
    nextAt = now + pace;
    urgent = false;
    flush = false;
    failing = false;
    written = fed;
  }

  /**
   * Adds an entry.
   *
   * @param matters whether it should be in the record soon
   */
  void fed(Action.Entry entry, boolean matters) {
    waiting.add(entry);
    fed++;
    urgent |= matters;
  }

  /** Returns the mark of the last entry. */
  long mark() {
    return fed;
  }

  /** Asks for everything up to a mark to be recorded, in as few segments as possible. */
  void hurry(long mark) {
    long onItsWay = written + (sent == null ? 0 : sent.size());
    flush |= mark > onItsWay;
  }

  /** Returns whether everything up to a mark is in the record. */
  boolean holds(long mark) {
    return written >= mark;
  }

  /**
   * Returns whether the record is certainly ours. Half the lease is left for requests to arrive.
   */
  boolean isFresh(long now) {
    return now - owned < half;
  }

  /**
   * Notes that a segment is in the record. Returns true if the record had not accepted it before.
   */
  boolean appended(int number) {
    List<Action.Entry> there = sent;
    if (there == null || number != segment) {
      return false;
    }
    written += there.size();
    sent = null;
    owned = sentAt;
    boolean failed = failing;
    failing = false;
    return failed;
  }

  /** Notes that a segment is not in the record. Returns true if the previous one was. */
  boolean failed(int number, long now) {
    if (sent == null || number != segment) {
      return false;
    }
    nextAt = now + RETRY;
    boolean first = !failing;
    failing = true;
    return first;
  }

  /** Returns when the next segment is to be sent. */
  long due(long now) {
    if (sent != null) {
      return nextAt;
    }
    if (flush) {
      return now;
    }
    return urgent ? nextAt : Math.max(nextAt, sentAt + longestPause);
  }

  /** Returns the segment to send now. */
  Action.Append next(long now) {
    List<Action.Entry> entries = sent;
    if (entries == null) {
      entries = waiting;
      waiting = new ArrayList<>();
      sent = entries;
      segment++;
      urgent = false;
      flush = false;
      sentAt = now;
      nextAt = now + pace;
    }
    nextAt = Math.max(nextAt, now + LONGEST_ANSWER);
    return new Action.Append(segment, entries);
  }

  /** Returns everything that is not known to be in the record, once nothing is fed any more. */
  List<Action.Append> rest() {
    List<Action.Append> rest = new ArrayList<>();
    if (sent != null) {
      rest.add(new Action.Append(segment, sent));
    }
    if (!waiting.isEmpty()) {
      rest.add(new Action.Append(segment + 1, waiting));
    }
    return rest;
  }

  /** Sets the next time from when the confirmed segment was sent. */
  void pace() {
    if (sent == null) {
      nextAt = sentAt + pace;
    }
  }
}
