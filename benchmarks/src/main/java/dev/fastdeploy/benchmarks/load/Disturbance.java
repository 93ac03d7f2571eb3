package dev.fastdeploy.benchmarks.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The effect of a reload on a steady load.
 *
 * @param sent requests that were due from the order to reload on
 * @param failed those of them that had no good answer
 * @param gapNanos the longest time from one good answer to the next, from the last before the order
 * @param p99BeforeNanos the latency that one request of a hundred exceeded before the order
 * @param firstAnswerNanos the time from the order to the first good answer of the new commit; empty
 *     if there was none
 * @param backNanos the time from the order to the beginning of the first second in which every
 *     answer was good and the 99th percentile was within {@link #limitNanos}; empty if there was no
 *     such second
 */
public record Disturbance(
    int sent,
    int failed,
    long gapNanos,
    long p99BeforeNanos,
    OptionalLong firstAnswerNanos,
    OptionalLong backNanos) {

  /** By how much the 99th percentile may exceed what it was, to count as back. */
  public static final double FACTOR = 2;

  /** A percentile below this is back whatever it was before: the generator's own noise. */
  public static final long FLOOR_NANOS = 5_000_000;

  private static final long WINDOW_NANOS = 1_000_000_000;

  /**
   * Judges a load.
   *
   * @param shots the whole load, from some seconds before the order
   * @param orderNanos when the reload was ordered
   * @param commit the new one
   * @throws IllegalArgumentException if no request was due before the order
   */
  public static Disturbance of(List<Shot> shots, long orderNanos, String commit) {
    List<Shot> byDue = new ArrayList<>(shots);
    byDue.sort(Comparator.comparingLong(Shot::dueNanos));
    List<Shot> before = byDue.stream().filter(shot -> shot.dueNanos() < orderNanos).toList();
    List<Shot> after = byDue.stream().filter(shot -> shot.dueNanos() >= orderNanos).toList();
    if (before.isEmpty()) {
      throw new IllegalArgumentException("no request was due before the reload was ordered");
    }
    long p99Before = p99(before);
    return new Disturbance(
        after.size(),
        (int) after.stream().filter(shot -> !shot.reply().good()).count(),
        gap(shots, orderNanos),
        p99Before,
        firstAnswer(shots, orderNanos, commit),
        back(after, orderNanos, commit, limit(p99Before)));
  }

  /** Up to where the 99th percentile counts as back. */
  public long limitNanos() {
    return limit(p99BeforeNanos);
  }

  private static long limit(long p99Before) {
    return Math.max(FLOOR_NANOS, (long) (FACTOR * p99Before));
  }

  /**
   * The latency that one of a hundred exceeds; a request without a good answer exceeds any.
   *
   * @param shots at least one
   */
  public static long p99(List<Shot> shots) {
    long[] latencies =
        shots.stream()
            .mapToLong(shot -> shot.reply().good() ? shot.latencyNanos() : Long.MAX_VALUE)
            .sorted()
            .toArray();
    return latencies[(int) Math.ceil(latencies.length * 0.99) - 1];
  }

  private static long gap(List<Shot> shots, long orderNanos) {
    long[] good =
        shots.stream()
            .filter(shot -> shot.reply().good())
            .mapToLong(Shot::endNanos)
            .sorted()
            .toArray();
    long longest = 0;
    for (int i = 1; i < good.length; i++) {
      if (good[i] >= orderNanos) {
        longest = Math.max(longest, good[i] - good[i - 1]);
      }
    }
    return longest;
  }

  private static OptionalLong firstAnswer(List<Shot> shots, long orderNanos, String commit) {
    return shots.stream()
        .filter(shot -> shot.reply().from(commit))
        .mapToLong(shot -> shot.endNanos() - orderNanos)
        .min();
  }

  private static OptionalLong back(List<Shot> after, long orderNanos, String commit, long limit) {
    int to = 0;
    int others = 0;
    int slow = 0;
    for (int from = 0; from < after.size(); from++) {
      long end = after.get(from).dueNanos() + WINDOW_NANOS;
      while (to < after.size() && after.get(to).dueNanos() < end) {
        others += after.get(to).reply().from(commit) ? 0 : 1;
        slow += after.get(to).latencyNanos() > limit ? 1 : 0;
        to++;
      }
      if (to == after.size()) {
        return OptionalLong.empty();
      }
      int all = to - from;
      if (others == 0 && all - slow >= (int) Math.ceil(all * 0.99)) {
        return OptionalLong.of(after.get(from).dueNanos() - orderNanos);
      }
      others -= after.get(from).reply().from(commit) ? 0 : 1;
      slow -= after.get(from).latencyNanos() > limit ? 1 : 0;
    }
    return OptionalLong.empty();
  }
}
