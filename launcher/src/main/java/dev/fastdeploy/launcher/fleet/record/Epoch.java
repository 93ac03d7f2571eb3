package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An epoch as the record has it.
 *
 * @param number from 1 on
 * @param beginning how it began
 * @param closing how it ended; none while it is open
 */
public record Epoch(int number, Beginning beginning, @Nullable Closing closing) {

  /** Whether somebody has the environment by it. */
  public boolean isOpen() {
    return closing == null;
  }

  /** Whether it keeps others from the environment: a lock whose time is over does not. */
  public boolean isHeld(Instant now) {
    Instant until = beginning.until();
    return isOpen() && (until == null || now.isBefore(until));
  }

  /** Whether it is of a deploy, and not of a lock. */
  public boolean isDeploy() {
    return !beginning.isLock();
  }

  /** What is known of the environment after it, or as long as it is open. */
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

  /** What was gone back from is nothing to go back to: else two rollbacks would go to and fro. */
  private @Nullable Commit stableBefore(Plan plan, boolean moves) {
    Known before = beginning.before();
    if (!moves || plan.commit().equals(before.stable())) {
      return before.stableBefore();
    }
    return plan.goBack() ? null : before.stable();
  }
}
