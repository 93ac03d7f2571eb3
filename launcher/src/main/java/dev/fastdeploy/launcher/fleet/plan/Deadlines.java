package dev.fastdeploy.launcher.fleet.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The queue of all deadlines. Each key has at most one; resetting it costs as much as setting it,
 * whatever else is waiting.
 */
final class Deadlines {

  /** Deadlines of the deploy as a whole. */
  enum Of {
    PROGRESS,
    TAIL,
    BAKE,
    GATE,
    GATE_PAUSE,
    SOURCES,
    PAUSE,
    SWEEP,
    APPEND
  }

  private record Due(long at, long number, Object key) implements Comparable<Due> {

    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at, other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }

  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Map<Object, Due> current = new HashMap<>();
  private long number;

  void set(Object key, long at) {
    Due set = current.get(key);
    if (set != null && set.at() == at) {
      return;
    }
    Due due = new Due(at, ++number, key);
    current.put(key, due);
    queue.add(due);
  }

  void clear(Object key) {
    current.remove(key);
  }

  boolean isSet(Object key) {
    return current.containsKey(key);
  }

  /** Takes the keys whose time has come, in order. */
  List<Object> take(long now) {
    List<Object> keys = new ArrayList<>();
    for (Due due = head(); due != null && due.at() <= now; due = head()) {
      queue.remove();
      current.remove(due.key());
      keys.add(due.key());
    }
    return keys;
  }

  /** Returns when the first is due. */
  OptionalLong first() {
    Due due = head();
    return due == null ? OptionalLong.empty() : OptionalLong.of(due.at());
  }

  private @Nullable Due head() {
    Due due = queue.peek();
    while (due != null && !due.equals(current.get(due.key()))) {
      queue.remove();
      due = queue.peek();
    }
    return due;
  }
}
