package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.event.Draws;
import dev.fastdeploy.benchmarks.simulation.event.EventQueue;
import dev.fastdeploy.benchmarks.simulation.rollout.Tally;

/** The life of a task of the new revision, from PENDING to the report that it is healthy. */
final class NewTask {

  private final EventQueue events;
  private final EcsParameters parameters;
  private final Draws draws;
  private final Tally tally;
  private final int number;
  private final ContainerInstance instance;
  private final Runnable reportedHealthy;

  NewTask(
      EventQueue events,
      EcsParameters parameters,
      Draws draws,
      Tally tally,
      int number,
      ContainerInstance instance,
      Runnable reportedHealthy) {
    this.events = events;
    this.parameters = parameters;
    this.draws = draws;
    this.tally = tally;
    this.number = number;
    this.instance = instance;
    this.reportedHealthy = reportedHealthy;
  }

  /** The agent starts it. */
  void begin() {
    tally.newStarts(events.now());
    Distribution pull = parameters.launch().pull();
    long image = instance.imageAt(pull.millis(draws.of(EcsDraw.PULL, instance.number())));
    long create = parameters.launch().create().millis(draws.of(EcsDraw.CREATE, number));
    events.at(image + create, this::running);
  }

  private void running() {
    Distribution restart = parameters.application().restartTimes().restart();
    long start = restart.millis(draws.of(EcsDraw.RESTART, number));
    long check = parameters.healthCheck().healthyAfter(start);
    long target =
        parameters.loadBalancer().map(balancer -> balancer.healthyAfter(start)).orElse(0L);
    events.at(events.now() + Math.max(check, target), this::healthy);
  }

  private void healthy() {
    tally.newRuns(events.now());
    tally.newProven(events.now());
    events.at(nextReport(), reportedHealthy);
  }

  /** The agents report at the same interval, each at a time of its own. */
  private long nextReport() {
    long interval = parameters.healthReport().toMillis();
    if (!parameters.healthCheck().reported() || interval == 0) {
      return events.now();
    }
    long phase = (long) (draws.of(EcsDraw.REPORT_PHASE, instance.number()) * interval);
    return events.now() + Math.floorMod(phase - events.now(), interval);
  }
}
