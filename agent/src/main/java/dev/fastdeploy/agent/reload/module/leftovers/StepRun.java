package dev.fastdeploy.agent.reload.module.leftovers;

import dev.fastdeploy.contract.Diagnostics;
import java.util.ArrayList;
import java.util.List;

/** Runs one step on a thread of its own, because code of the old application may block it. */
final class StepRun implements Runnable {

  private final JdkInternals jdk;
  private final Step step;
  private final OldGeneration old;
  private final Deadline deadline;
  private final List<String> lines;
  private volatile String doing = "looking";

  /**
   * @param lines receives what could not be cleared; safe for use by several threads
   */
  StepRun(JdkInternals jdk, Step step, OldGeneration old, Deadline deadline, List<String> lines) {
    this.jdk = jdk;
    this.step = step;
    this.old = old;
    this.deadline = deadline;
    this.lines = lines;
  }

  /** Returns what it is working on, for a person. */
  String doing() {
    return doing;
  }

  @Override
  public void run() {
    try {
      awaitEnd(remove(found()));
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      lines.add(Leftovers.cannotLookAt(step, failure));
    }
  }

  private List<Leftover> found() throws InaccessibleException {
    jdk.lookAnew();
    return step.find(old);
  }

  private List<Leftover> remove(List<Leftover> found) {
    List<Leftover> removed = new ArrayList<>();
    for (Leftover leftover : found) {
      doing = leftover.what();
      try {
        leftover.removal().run();
        removed.add(leftover);
      } catch (Throwable failure) {
        lines.add(leftover.what() + " could not be cleared: " + Diagnostics.reason(failure));
      }
    }
    return removed;
  }

  private void awaitEnd(List<Leftover> removed) throws InterruptedException {
    for (Leftover leftover : removed) {
      doing = leftover.what();
      if (!deadline.await(leftover.gone())) {
        lines.add(
            leftover.what() + " did not end within " + deadline.duration().toMillis() + " ms");
      }
    }
  }
}
