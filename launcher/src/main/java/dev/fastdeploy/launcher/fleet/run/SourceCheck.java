package dev.fastdeploy.launcher.fleet.run;

import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.fleet.source.SourceAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Asks sources before a deploy takes its environment, so that a fault in them or a rollout of their
 * platform costs no epoch and keeps nobody else waiting.
 */
public final class SourceCheck {

  /** The time between two questions to a source that does not answer. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<String> silent = new ArrayList<>();
  private final List<String> rollouts = new ArrayList<>();

  private SourceCheck() {}

  /**
   * Asks all sources at once, each until it answers.
   *
   * @param patience how long to keep asking a source that does not answer; each is asked at least
   *     twice
   * @param rollouts whether to ask also what their platform is rolling out
   */
  public static SourceCheck of(List<FleetSource> sources, Duration patience, boolean rollouts)
      throws InterruptedException {
    SourceCheck check = new SourceCheck();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, sources.size()),
            task -> {
              Thread thread = new Thread(task, "fastdeploy-source-check");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<SourceAnswer>> answers = new ArrayList<>();
      for (FleetSource source : sources) {
        answers.add(threads.submit(() -> ask(source, patience, rollouts)));
      }
      for (int i = 0; i < sources.size(); i++) {
        check.take(sources.get(i).name(), answers.get(i).get());
      }
      return check;
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static SourceAnswer ask(FleetSource source, Duration patience, boolean rollouts)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (int times = 1; ; times++) {
      SourceAnswer answer = rollouts ? source.askBeforeDeploy() : source.ask();
      boolean isLast = times > 1 && System.nanoTime() - deadline >= 0;
      if (isWhole(answer) || isLast) {
        return answer;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(PAUSE.toNanos(), patience.toNanos()));
    }
  }

  private static boolean isWhole(SourceAnswer answer) {
    return answer instanceof SourceAnswer.Seen seen && seen.complete();
  }

  private void take(String name, SourceAnswer answer) {
    if (answer instanceof SourceAnswer.Unknown unknown) {
      silent.add("'" + name + "' (" + unknown.why() + ")");
    } else if (answer instanceof SourceAnswer.Seen seen) {
      if (!seen.complete()) {
        silent.add("'" + name + "' (it reported only some of its instances)");
      }
      if (!seen.rollout().isEmpty()) {
        rollouts.add(seen.rollout());
      }
    }
  }

  /** Returns which sources do not answer, and why, for a person; empty if all do. */
  public String silent() {
    return String.join(", ", silent);
  }

  /** Returns what platforms are rolling out by themselves; empty if nothing, as far as known. */
  public String rollouts() {
    return String.join("; ", rollouts);
  }
}
