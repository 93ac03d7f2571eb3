package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of an epoch.
 *
 * @param by the owner, or whoever took over; see {@link Beginning#owner}
 * @param at when it ended, by that one's clock; for people
 * @param how the kind of end
 * @param summary the deploy's summary if it ended in this epoch, else null
 * @param why the reason in a few words; may be empty
 */
public record Closing(String by, Instant at, How how, @Nullable Summary summary, String why) {

  /** The ways in which an epoch can end. */
  public enum How {
    /** The deploy ended. */
    ENDED,
    /** Its owner was silent for the lease; another one continues the deploy or gave it up. */
    TAKEN_OVER,
    /** A person unlocked it. */
    UNLOCKED,
    /** The lock's time ran out. */
    EXPIRED,
    /** A person broke it. */
    BROKEN
  }

  /** Returns whether the deploy's commit is the stable one from then on. */
  public boolean movesStable() {
    return summary != null && summary.stableMoves();
  }
}
