package dev.fastdeploy.benchmarks.simulation.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts instances through a simulated rollout. Every change is told to an observer; for the chart
 * one moment a second is kept. Not thread-safe.
 */
public final class Tally {

  private static final long RESOLUTION = 1000;

  private final int tasks;
  private final Consumer<Moment> observer;
  private final List<Moment> kept = new ArrayList<>();
  private final long[] newProvenAt;
  private Moment last;
  private int fewestServing;
  private long lastOldGone;
  private int oldGone;
  private int newProven;

  /**
   * @param tasks how many instances the service has, all of which run the old commit
   * @param observer is told every change
   */
  public Tally(int tasks, Consumer<Moment> observer) {
    this.tasks = tasks;
    this.observer = observer;
    newProvenAt = new long[tasks];
    fewestServing = tasks;
    last = new Moment(0, new Counts(tasks, 0, 0, 0));
  }

  /** An instance with the old commit takes no more work. */
  public void oldDrains(long now) {
    change(now, -1, 1, 0, 0);
  }

  /** An instance with the old commit has ended. */
  public void oldEnds(long now) {
    oldGone++;
    lastOldGone = now;
    change(now, 0, -1, 0, 0);
  }

  /** An instance with the new commit is being started. */
  public void newStarts(long now) {
    change(now, 0, 0, 1, 0);
  }

  /** An instance with the new commit takes work. */
  public void newRuns(long now) {
    change(now, 0, 0, -1, 1);
  }

  /** An instance with the new commit counts: it has stayed up for as long as it must. */
  public void newProven(long now) {
    newProvenAt[newProven++] = now;
  }

  /** Returns whether the new commit is proven everywhere and the old one runs nowhere. */
  public boolean complete() {
    return oldGone == tasks && newProven == tasks;
  }

  /**
   * Returns the result.
   *
   * @throws IllegalStateException if it is not complete
   */
  public Rollout rollout() {
    if (!complete()) {
      throw new IllegalStateException("the rollout came to a halt at " + last);
    }
    kept.add(last);
    return new Rollout(tasks, kept, newProvenAt, lastOldGone, fewestServing);
  }

  private void change(long now, int oldRunning, int oldDraining, int newStarting, int newRunning) {
    Counts before = last.counts();
    Counts after =
        new Counts(
            before.oldRunning() + oldRunning,
            before.oldDraining() + oldDraining,
            before.newStarting() + newStarting,
            before.newRunning() + newRunning);
    if (now / RESOLUTION > last.millis() / RESOLUTION || kept.isEmpty()) {
      kept.add(last);
    }
    last = new Moment(now, after);
    fewestServing = Math.min(fewestServing, after.serving());
    observer.accept(last);
  }
}
