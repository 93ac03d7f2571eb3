package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.program.ShellCommand;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs a user's command for each failure and each event of the fleet as a whole: one run per event,
 * in order, one at a time, with the event of {@link FleetJson} as input. The progress of single
 * members starts no process. A command that fails does not affect the deploy.
 */
public final class FleetHook implements FleetReport {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LAST_ONES = Duration.ofMinutes(1);
  private static final Duration KILLED = Duration.ofSeconds(10);

  /** Events of a single healthy member. */
  private static final Set<String> LEFT_OUT =
      Set.of("found", "joined", "vanished", "returned", "sameMember", "asked", "step", "proven");

  private final ShellCommand command;
  private final CleanWriter problems;
  private final Duration lastOnes;
  private final FleetJson json;
  private final ExecutorService runs =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "fastdeploy-on-event");
            thread.setDaemon(true);
            return thread;
          });

  private volatile Map<String, String> deploy = Map.of();
  private volatile boolean over;
  private int failures;

  /**
   * Creates a hook that waits a minute for the last events.
   *
   * @param command the text that {@code sh} is given
   * @param problems takes one line at the first failure and one at the end
   */
  public FleetHook(String command, CleanWriter problems, Clock clock) {
    this(command, problems, clock, LAST_ONES);
  }

  FleetHook(String command, CleanWriter problems, Clock clock, Duration lastOnes) {
    this.command = new ShellCommand(command);
    this.problems = problems;
    this.lastOnes = lastOnes;
    this.json = new FleetJson(this::take, clock);
  }

  @Override
  public void begun(int epoch, int resumes, Plan plan) {
    deploy =
        Map.of(
            "FASTDEPLOY_COMMIT", plan.commit().id(),
            "FASTDEPLOY_DEPLOY_ID", plan.deploy().id());
    json.begun(epoch, resumes, plan);
  }

  @Override
  public void said(Event event) {
    json.said(event);
  }

  @Override
  public void interrupted(DeployId id) {
    json.interrupted(id);
  }

  @Override
  public void ended(Summary summary) {
    json.ended(summary);
    over = true;
  }

  @Override
  public void over(int epoch, DeployId id, Summary summary) {
    deploy = Map.of("FASTDEPLOY_DEPLOY_ID", id.id());
    json.over(epoch, id, summary);
    over = true;
  }

  private void take(String event, String text) {
    if (!LEFT_OUT.contains(event)) {
      Map<String, String> variables = new HashMap<>(deploy);
      variables.put("FASTDEPLOY_EVENT", event);
      runs.execute(() -> run(event, variables, text + "\n"));
    }
  }

  private void run(String event, Map<String, String> variables, String text) {
    try {
      Optional<ShellCommand.Ran> ran = command.run(variables, text, LONGEST);
      if (ran.isEmpty()) {
        failed(event, "did not end within " + LONGEST.toSeconds() + " s");
      } else if (ran.get().status() != 0) {
        failed(event, ran.get().told());
      }
    } catch (IOException failure) {
      failed(event, "cannot be started: " + Diagnostics.reason(failure));
    } catch (InterruptedException late) {
      failed(event, "was killed because it did not end in time");
    }
  }

  private void failed(String event, String how) {
    failures++;
    if (failures == 1) {
      problem("the command of --on-event " + how + " (event '" + event + "')");
    }
  }

  private void problem(String line) {
    problems.println("fastdeploy: " + line);
    problems.flush();
  }

  /**
   * Waits until the end is reported, for at most a minute. Does not wait if the deploy has not
   * ended.
   */
  public void finish() throws InterruptedException {
    runs.shutdown();
    List<Runnable> untold = List.of();
    Duration patience = over ? lastOnes : Duration.ZERO;
    if (!runs.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      untold = runs.shutdownNow();
      runs.awaitTermination(KILLED.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (failures > 1) {
      problem("the command of --on-event failed for " + failures + " events");
    }
    if (!untold.isEmpty()) {
      problem(
          "the command of --on-event was not run for the last "
              + untold.size()
              + " events because it takes too long");
    }
  }
}
