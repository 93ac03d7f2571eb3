package dev.fastdeploy.agent.reload.module.leftovers;

import dev.fastdeploy.contract.Diagnostics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Clears what an old generation of the application left in the JVM, step by step. This may run the
 * generation's code: hooks, drivers and handlers are told to end. So each step has a thread of its
 * own, which is abandoned at the deadline. Thread-safe, one clearing at a time.
 */
public final class Leftovers {

  /** The time for a step when waiting has used up the rest. */
  private static final Duration LEAST = Duration.ofMillis(500);

  private final JdkInternals jdk;
  private final Supplier<List<Step>> steps;

  /** Costs nothing: the steps are created when the first generation has ended. */
  public Leftovers(JdkInternals jdk) {
    this(jdk, () -> Steps.all(jdk));
  }

  Leftovers(JdkInternals jdk, Supplier<List<Step>> steps) {
    this.jdk = jdk;
    this.steps = steps;
  }

  /**
   * Runs every step. Never throws. Leaves alone the calling thread and threads whose name begins
   * with {@code fastdeploy-}.
   *
   * @param deadline the longest time that all of it may take
   * @return what could not be cleared, one line each
   */
  public List<String> clear(OldGeneration old, Duration deadline) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    Deadline all = Deadline.in(deadline);
    Thread caller = Thread.currentThread();
    for (Step step : steps.get()) {
      if (!take(step, old.sparing(caller), all.part(step.patience()), lines)) {
        break;
      }
    }
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Returns what the steps would find now, one line each. Changes nothing and never throws. */
  public List<String> remaining(OldGeneration old) {
    List<String> lines = new ArrayList<>();
    jdk.lookAnew();
    for (Step step : steps.get()) {
      try {
        step.find(old).forEach(leftover -> lines.add(leftover.what()));
      } catch (Exception | LinkageError failure) {
        lines.add(cannotLookAt(step, failure));
      }
    }
    return lines;
  }

  /** Runs a step. Returns false if the caller was interrupted, so that no further step runs. */
  private boolean take(Step step, OldGeneration old, Deadline deadline, List<String> lines) {
    StepRun run = new StepRun(jdk, step, old, deadline, lines);
    Thread thread = new Thread(null, run, "fastdeploy-leftovers", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Leftovers.class.getClassLoader());
    thread.start();
    try {
      thread.join(deadline.left().plus(LEAST).toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    // A join does not throw if the thread has already ended.
    if (Thread.currentThread().isInterrupted()) {
      lines.add("interrupted while clearing " + step.about());
      return false;
    }
    if (thread.isAlive()) {
      thread.interrupt();
      lines.add(step.about() + ": " + run.doing() + " takes too long and was given up");
    }
    return true;
  }

  static String cannotLookAt(Step step, Throwable failure) {
    return "cannot look at " + step.about() + ": " + Diagnostics.reason(failure);
  }
}
