package dev.fastdeploy.launcher.supervisor.health;

import dev.fastdeploy.contract.Phase;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The duration of a reload.
 *
 * @param millis from the end of the old code's work to the readiness of what runs after it; empty
 *     if unknown
 * @param phaseMillis for each phase that was passed, the time since the previous one
 */
public record ReloadTimes(Optional<Long> millis, Map<Phase, Long> phaseMillis) {

  public ReloadTimes {
    phaseMillis = Collections.unmodifiableMap(new EnumMap<>(phaseMillis));
  }

  /**
   * Returns the durations, from the times at which phases were passed, UTC milliseconds. A clock
   * that was set back meanwhile makes nothing negative.
   */
  public static ReloadTimes of(Map<Phase, Long> passed) {
    Map<Phase, Long> lengths = new EnumMap<>(Phase.class);
    Long before = null;
    for (Phase phase : Phase.values()) {
      Long time = passed.get(phase);
      if (time != null) {
        if (before != null) {
          lengths.put(phase, Math.max(0, time - before));
        }
        before = time;
      }
    }
    return new ReloadTimes(between(begin(passed), end(passed)), lengths);
  }

  private static Optional<Long> between(@Nullable Long begin, @Nullable Long end) {
    return begin == null || end == null ? Optional.empty() : Optional.of(Math.max(0, end - begin));
  }

  /** Returns the end of the old code's work. Code replaced without an interruption has no drain. */
  private static @Nullable Long begin(Map<Phase, Long> passed) {
    Long draining = passed.get(Phase.DRAINING);
    return draining == null ? passed.get(Phase.ACTIVATED) : draining;
  }

  private static @Nullable Long end(Map<Phase, Long> passed) {
    Long restored = passed.get(Phase.RESTORED);
    return restored == null ? passed.get(Phase.READY) : restored;
  }
}
