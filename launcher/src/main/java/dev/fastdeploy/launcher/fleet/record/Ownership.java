package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes an environment for a deploy: whoever creates an epoch first owns it, and an owner that
 * appends nothing to its journal for the lease, by the waiter's own clock, has lost it. Used by one
 * thread.
 */
public final class Ownership {

  /** The time between two looks at a journal that may go on. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Makes the plan of a new deploy. */
  @FunctionalInterface
  public interface Planning {

    /**
     * Returns the plan.
     *
     * @param before the newest epoch, which has ended; null before the first
     * @throws IOException if it cannot be made now, with a message for the user
     * @throws InterruptedException if nobody waits for it any more
     */
    Plan after(@Nullable Epoch before) throws IOException, InterruptedException;

    /** Returns whether the deploy's id was just made, so that it has no epoch yet. */
    default boolean isNew() {
      return false;
    }

    /**
     * Checks that an earlier deploy with the same id is the one that is meant, before it is
     * continued or reported.
     *
     * @throws IOException if that cannot be found out now, with a message for the user
     * @throws IllegalArgumentException if it is another one, with a message for the user
     */
    default void requireSame(Plan earlier) throws IOException {}
  }

  /** The result of asking for an environment. */
  public sealed interface Answer {

    /**
     * The caller owns the environment.
     *
     * @param epoch the epoch by which it does
     * @param entries what earlier owners of the deploy fed its planner; empty for a new one
     */
    record Owned(Epoch epoch, List<Action.Entry> entries) implements Answer {}

    /** The deploy had already ended. */
    record Over(Epoch epoch, Summary summary) implements Answer {}

    /** A person ended the deploy in its owner's place. Repeating it needs another id. */
    record Broken(Epoch epoch, Closing closing) implements Answer {}

    /** Somebody else has the environment. */
    record Held(Epoch epoch) implements Answer {}
  }

  private final EnvironmentRecord record;
  private final String owner;
  private final String by;
  private final Clock clock;

  /**
   * @param owner unique for this process
   * @param by the person or the pipeline
   * @param clock gives the times that people read
   */
  public Ownership(EnvironmentRecord record, String owner, String by, Clock clock) {
    this.record = record;
    this.owner = owner;
    this.by = by;
    this.clock = clock;
  }

  /**
   * Begins a deploy, or continues the one with the same id.
   *
   * @param planning makes the plan of a new one
   * @param lease how long the owner of an unfinished deploy may be silent
   * @param patience how long to wait for somebody else's deploy; for one's own the wait is the
   *     lease
   * @param breakLock whether to break somebody else's lock or deploy at once
   */
  public Answer begin(
      DeployId deploy,
      Planning planning,
      String why,
      Duration lease,
      Duration patience,
      boolean breakLock)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    int looked = 0;
    while (true) {
      Epoch newest = record.newest().orElse(null);
      // A waiter reads a long history only once.
      Optional<Epoch> earlier =
          newest == null || planning.isNew()
              ? Optional.empty()
              : record.find(deploy, newest, looked);
      looked = newest == null || earlier.isPresent() ? looked : newest.number();
      if (earlier.isPresent()) {
        Epoch epoch = earlier.get();
        planning.requireSame(Objects.requireNonNull(epoch.beginning().plan()));
        Closing closing = epoch.closing();
        if (closing != null && closing.summary() != null) {
          return new Answer.Over(epoch, closing.summary());
        }
        if (newest != null && newest.number() != epoch.number()) {
          return new Answer.Held(newest);
        }
        if (closing != null && closing.how() == Closing.How.BROKEN) {
          return new Answer.Broken(epoch, closing);
        }
        if (closing == null && !isDead(epoch, lease)) {
          return new Answer.Held(epoch);
        }
        Optional<Answer> taken = resume(epoch, closing == null);
        if (taken.isPresent()) {
          return taken.get();
        }
      } else if (newest == null || !isHeld(newest)) {
        Optional<Answer> begun = begin(deploy, planning.after(newest), why, newest);
        if (begun.isPresent()) {
          return begun.get();
        }
      } else if (breakLock) {
        record.close(newest.number(), owner, Closing.How.BROKEN, clock.instant(), why);
      } else if (System.nanoTime() >= deadline) {
        return new Answer.Held(newest);
      } else if (newest.beginning().isLock() || deadline - System.nanoTime() < lease.toNanos()) {
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      } else if (isDead(newest, lease)) {
        record.close(
            newest.number(),
            owner,
            Closing.How.TAKEN_OVER,
            clock.instant(),
            "its owner was silent for " + lease.toSeconds() + " s");
      }
    }
  }

  /**
   * Locks the environment for a person, so that nothing is deployed.
   *
   * @param until when the lock ends by itself; null if it does not
   * @return the lock's epoch, or that of whoever else has the environment
   */
  public Answer lock(@Nullable Instant until, String why) throws IOException {
    while (true) {
      Epoch newest = record.newest().orElse(null);
      if (newest != null && isHeld(newest)) {
        return new Answer.Held(newest);
      }
      Beginning beginning =
          new Beginning(
              owner,
              by,
              why,
              clock.instant(),
              null,
              null,
              until,
              0,
              newest == null ? Known.NOTHING : newest.known());
      int number = newest == null ? 1 : newest.number() + 1;
      if (record.begin(number, beginning)) {
        return new Answer.Owned(new Epoch(number, beginning, null), List.of());
      }
    }
  }

  /**
   * Waits until an epoch has ended, and ends it if its owner is silent for the lease.
   *
   * @param why the recorded reason if the caller ends it
   * @return the epoch, which has ended; the caller ended it if its closing is by this owner
   */
  public Epoch end(int number, Duration lease, String why)
      throws IOException, InterruptedException {
    while (true) {
      Epoch epoch =
          record
              .epoch(number)
              .orElseThrow(() -> new IOException("epoch " + number + " never began"));
      if (!epoch.isOpen()) {
        return epoch;
      }
      if (isDead(epoch, lease)) {
        record.close(number, owner, Closing.How.BROKEN, clock.instant(), why);
      }
    }
  }

  private boolean isHeld(Epoch epoch) throws IOException {
    Instant now = clock.instant();
    if (!epoch.isOpen() || epoch.isHeld(now)) {
      return epoch.isOpen();
    }
    record.unlock(epoch.number(), owner, Closing.How.EXPIRED, now, "its time ran out");
    return false;
  }

  /**
   * Returns whether nothing new appears in a journal for a while. Only answers of the store count,
   * and the last one comes after the deadline.
   */
  private boolean isDead(Epoch epoch, Duration lease) throws IOException, InterruptedException {
    int last = record.lastSegment(epoch.number());
    long deadline = System.nanoTime() + longer(lease, epoch).toNanos();
    while (true) {
      boolean over = System.nanoTime() >= deadline;
      if (record.epoch(epoch.number()).filter(Epoch::isOpen).isEmpty()
          || record.lastSegment(epoch.number()) != last) {
        return false;
      }
      if (over) {
        return true;
      }
      TimeUnit.NANOSECONDS.sleep(
          Math.min(LOOK.toNanos(), Math.max(1, deadline - System.nanoTime())));
    }
  }

  /** Returns the longer of two leases, since an owner appends as often as its own lease demands. */
  private static Duration longer(Duration lease, Epoch epoch) {
    Plan plan = epoch.beginning().plan();
    Duration owners = plan == null ? Duration.ZERO : plan.patience().lease();
    return owners.compareTo(lease) > 0 ? owners : lease;
  }

  private Optional<Answer> begin(DeployId deploy, Plan plan, String why, @Nullable Epoch before)
      throws IOException {
    Beginning beginning =
        new Beginning(
            owner,
            by,
            why,
            clock.instant(),
            deploy,
            plan,
            null,
            0,
            before == null ? Known.NOTHING : before.known());
    int number = before == null ? 1 : before.number() + 1;
    return record.begin(number, beginning)
        ? Optional.of(new Answer.Owned(new Epoch(number, beginning, null), List.of()))
        : Optional.empty();
  }

  private Optional<Answer> resume(Epoch epoch, boolean open) throws IOException {
    if (open
        && !record.close(
            epoch.number(),
            owner,
            Closing.How.TAKEN_OVER,
            clock.instant(),
            "another command continues it")) {
      return Optional.empty();
    }
    // After the seal: nothing is appended after what is read now.
    List<Action.Entry> entries = record.replay(epoch);
    Beginning before = epoch.beginning();
    Beginning beginning =
        new Beginning(
            owner,
            by,
            before.why(),
            clock.instant(),
            before.deploy(),
            before.plan(),
            null,
            before.resumes() + 1,
            before.before());
    int number = epoch.number() + 1;
    return record.begin(number, beginning)
        ? Optional.of(new Answer.Owned(new Epoch(number, beginning, null), entries))
        : Optional.empty();
  }
}
