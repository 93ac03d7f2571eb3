package dev.fastdeploy.contract;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release that was made {@code current} and is not proven yet.
 *
 * @param id the deploy that activated it
 * @param sequence the deploy's sequence number
 * @param from the release that ran before
 * @param to the release that is to run
 * @param strategy the strategy that makes the service run it
 * @param rollback whether an operator went back to it, so that later releases are forgotten
 * @param phases the time at which each phase so far was reached, UTC milliseconds
 */
public record PendingActivation(
    DeployId id,
    long sequence,
    @Nullable Commit from,
    Commit to,
    String strategy,
    boolean rollback,
    Map<Phase, Long> phases) {

  public PendingActivation {
    phases = Map.copyOf(phases);
  }

  /** Returns true if the process goes on. */
  public boolean inPlace() {
    return StrategyName.IN_PLACE.contains(strategy);
  }

  /** Returns a copy with one more phase reached. */
  public PendingActivation reached(Phase phase, long timeMillis) {
    Map<Phase, Long> more = new EnumMap<>(Phase.class);
    more.putAll(phases);
    more.put(phase, timeMillis);
    return new PendingActivation(id, sequence, from, to, strategy, rollback, more);
  }
}
