package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an epoch ended.
 *
 * @param by the owner, or who took over; see {@link Beginning#owner}
 * @param at when, by its clock; for people
 * @param how in one word
 * @param summary of the deploy, if it came to its end in this epoch
 * @param why in a few words; empty if there is nothing to say
 */
public record Closing(String by, Instant at, How how, @Nullable Summary summary, String why) {

  /** The ways in which an epoch can end. */
  public enum How {
    /** The deploy came to its end. */
    ENDED,
    /** Its owner was silent for the lease: another goes on, or has given it up. */
    TAKEN_OVER,
    /** A person gave the lock back. */
    UNLOCKED,
    /** The lock's own time was over. */
    EXPIRED,
    /** A person broke it. */
    BROKEN
  }

  /** Whether the deploy's commit is the stable one from then on. */
  public boolean movesStable() {
    return summary != null && summary.stableMoves();
  }
}
