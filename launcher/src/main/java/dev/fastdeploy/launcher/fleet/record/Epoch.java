package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An epoch, as the record has it.
 *
 * @param number counts from 1
 * @param beginning how it began
 * @param closing how it ended; null while it is open
 */
public record Epoch(int number, Beginning beginning, @Nullable Closing closing) {

  /** Returns whether it gives somebody the environment. */
  public boolean isOpen() {
    return closing == null;
  }

  /**
   * Returns whether it keeps others from the environment. A lock whose time has run out does not.
   */
  public boolean isHeld(Instant now) {
    Instant until = beginning.until();
    return isOpen() && (until == null || now.isBefore(until));
  }

  /** Returns whether it belongs to a deploy, and not to a lock. */
  public boolean isDeploy() {
    return !beginning.isLock();
  }

  /** Returns what is known of the environment after it, or while it is open. */
  public Known known() {
    Plan plan = beginning.plan();
    Known before = beginning.before();
    if (plan == null) {
      return before;
    }
    boolean moves = closing != null && closing.movesStable();
    Commit stable = moves ? plan.commit() : before.stable();
    return new Known(
        stable, stableBefore(plan, moves), plan.commit(), plan.sources(), images(moves));
  }

  private Set<Commit> images(boolean moves) {
    Set<Commit> images = new HashSet<>(beginning.before().images());
    if (moves && closing != null && closing.summary() != null) {
      images.addAll(closing.summary().images());
    }
    return images;
  }

  /**
   * Returns the commit before the stable one. It is never one that was rolled back from, or two
   * rollbacks would alternate between two commits.
   */
  private @Nullable Commit stableBefore(Plan plan, boolean moves) {
    Known before = beginning.before();
    if (!moves || plan.commit().equals(before.stable())) {
      return before.stableBefore();
    }
    return plan.goBack() ? null : before.stable();
  }
}
