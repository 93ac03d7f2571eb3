package dev.fastdeploy.agent.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which refusals get a line: within some seconds the first few of each peer, and some of
 * all peers together, or who may do nothing could write the log full. The others are counted by
 * peer. For one thread at a time.
 */
final class RefusalCount {

  /** How long the counts below hold. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  static final int OF_A_PEER = 8;
  static final int OF_ALL = 64;

  /** Peers that are counted each by its name. */
  static final int NAMED = 32;

  private static final String OTHERS = "others";

  private final Map<String, Integer> written = new HashMap<>();
  private Map<String, Integer> counted = new LinkedHashMap<>();
  private long beganNanos;
  private int lines;

  /** Whether this refusal gets a line; if not, it is counted. */
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

  /** Whether something is counted and not told. */
  boolean hasCounted() {
    return !counted.isEmpty();
  }

  /** How many were counted of whom since this was asked last. */
  Map<String, Integer> take() {
    Map<String, Integer> taken = counted;
    counted = new LinkedHashMap<>();
    return taken;
  }
}
