package dev.fastdeploy.agent.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which refusals get a line: the first few of each peer within some seconds, up to a limit
 * for all peers together. Without it, a client that may do nothing could fill the log. The others
 * are counted by peer. For one thread at a time.
 */
final class RefusalCount {

  /** The period to which the limits below apply. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  static final int OF_A_PEER = 8;
  static final int OF_ALL = 64;

  /** The number of peers counted by name. */
  static final int NAMED = 32;

  private static final String OTHERS = "others";

  private final Map<String, Integer> written = new HashMap<>();
  private Map<String, Integer> counted = new LinkedHashMap<>();
  private long beganNanos;
  private int lines;

  /** Returns true if this refusal gets a line, and counts it otherwise. */
  boolean deservesALine(String peer, long nowNanos) {
    if (lines == 0 || nowNanos - beganNanos >= WINDOW.toNanos()) {
      written.clear();
      lines = 0;
      beganNanos = nowNanos;
    }
    int before = written.getOrDefault(peer, 0);
    if (lines < OF_ALL && before < OF_A_PEER) {
      lines++;
      written.put(peer, before + 1);
      return true;
    }
    String name = counted.containsKey(peer) || counted.size() < NAMED ? peer : OTHERS;
    counted.merge(name, 1, Integer::sum);
    return false;
  }

  /** Returns true if there are counts that were not reported. */
  boolean hasCounted() {
    return !counted.isEmpty();
  }

  /** Returns the counts by peer, and starts again from zero. */
  Map<String, Integer> take() {
    Map<String, Integer> taken = counted;
    counted = new LinkedHashMap<>();
    return taken;
  }
}
