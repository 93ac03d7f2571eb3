package dev.fastdeploy.benchmarks.load;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the clients of a service saw of a deploy while no process answered.
 *
 * @param sent requests that were due in its time
 * @param lost those of them without a good answer, by how they ended
 * @param longestWaitNanos the longest time from when a request was due to its good answer
 * @param queue requests that waited when the new commit answered first, and were answered then
 * @param queueNanos the queue by the rate at which nine tenths of it were answered; the last are
 *     left out, for one whose first packet was dropped waits for its client
 */
public record Outage(
    int sent, Map<Loss, Integer> lost, long longestWaitNanos, int queue, long queueNanos) {

  private static final double MOST = 0.9;

  public Outage {
    Map<Loss, Integer> copy = new EnumMap<>(Loss.class);
    copy.putAll(lost);
    lost = Collections.unmodifiableMap(copy);
  }

  /**
   * Judges a deploy.
   *
   * @param shots all that were due from the deploy before on, until the latency was back
   * @param orderNanos when the deploy was ordered
   * @param commit the new one
   */
  public static Outage of(List<Shot> shots, long orderNanos, String commit) {
    Map<Loss, Integer> lost = new EnumMap<>(Loss.class);
    long longest = 0;
    for (Shot shot : shots) {
      Loss loss = shot.reply().loss();
      if (loss != null) {
        lost.merge(loss, 1, Integer::sum);
      } else if (shot.endNanos() - orderNanos >= 0) {
        longest = Math.max(longest, shot.latencyNanos());
      }
    }
    OptionalLong first =
        shots.stream()
            .filter(shot -> shot.reply().from(commit) && shot.endNanos() - orderNanos >= 0)
            .mapToLong(Shot::endNanos)
            .min();
    long[] waited =
        first.isEmpty()
            ? new long[0]
            : shots.stream()
                .filter(shot -> shot.reply().from(commit))
                .filter(shot -> shot.dueNanos() - first.getAsLong() < 0)
                .mapToLong(shot -> shot.endNanos() - first.getAsLong())
                .sorted()
                .toArray();
    return new Outage(shots.size(), lost, longest, waited.length, queueNanos(waited));
  }

  private static long queueNanos(long[] waited) {
    return waited.length == 0
        ? 0
        : (long) (waited[(int) Math.ceil(waited.length * MOST) - 1] / MOST);
  }

  /** Returns how many were lost that way. */
  public int lost(Loss loss) {
    return lost.getOrDefault(loss, 0);
  }

  /** Returns how many were lost in any way. */
  public int allLost() {
    return lost.values().stream().mapToInt(Integer::intValue).sum();
  }
}
