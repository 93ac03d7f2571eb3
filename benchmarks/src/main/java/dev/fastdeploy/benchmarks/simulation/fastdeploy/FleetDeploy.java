package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.event.Draws;
import dev.fastdeploy.benchmarks.simulation.event.EventQueue;
import dev.fastdeploy.benchmarks.simulation.event.Limiter;
import dev.fastdeploy.benchmarks.simulation.rollout.Moment;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Tally;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Simulates {@code fastdeploy deploy} as the command does it: an instance is begun when another has
 * been proven, so that never more than allowed are under way, and each stages, drains, restarts and
 * is soaked in its turn.
 */
public final class FleetDeploy {

  private static final Duration HORIZON = Duration.ofDays(60);
  private static final int STORE_REQUESTS = 2;

  private final EventQueue events = new EventQueue();
  private final FastdeployParameters parameters;
  private final Draws draws;
  private final Tally tally;
  private final Limiter dial;
  private final Limiter store;
  private int begun;

  private FleetDeploy(FastdeployParameters parameters, long seed, Consumer<Moment> observer) {
    this.parameters = parameters;
    draws = new Draws(seed);
    tally = new Tally(parameters.tasks(), observer);
    dial = parameters.dial().limiter();
    store = parameters.store().limiter();
  }

  /** A deploy of a release that comes up everywhere. The same seed gives the same rollout. */
  public static Rollout simulate(FastdeployParameters parameters, long seed) {
    return simulate(parameters, seed, moment -> {});
  }

  /**
   * The same.
   *
   * @param observer is told every change
   */
  static Rollout simulate(FastdeployParameters parameters, long seed, Consumer<Moment> observer) {
    return new FleetDeploy(parameters, seed, observer).run();
  }

  private Rollout run() {
    int atATime = parameters.maxUnavailable().of(parameters.tasks());
    for (int i = 0; i < atATime; i++) {
      beginNext();
    }
    events.run(HORIZON);
    return tally.rollout();
  }

  private void beginNext() {
    if (begun < parameters.tasks()) {
      int instance = begun++;
      events.at(dial.take(events.now(), 1), () -> ordered(instance));
    }
  }

  private void ordered(int instance) {
    events.at(store.take(events.now(), STORE_REQUESTS), () -> fetching(instance));
  }

  private void fetching(int instance) {
    after(drawn(times().stage(), FastdeployDraw.STAGE, instance), () -> staged(instance));
  }

  private void staged(int instance) {
    tally.oldDrains(events.now());
    long drain = drawn(parameters.application().drain(), FastdeployDraw.DRAIN, instance);
    after(Math.min(drain, parameters.drainTimeout().toMillis()), () -> ended(instance));
  }

  private void ended(int instance) {
    tally.oldEnds(events.now());
    tally.newStarts(events.now());
    after(drawn(times().restart(), FastdeployDraw.RESTART, instance), this::ready);
  }

  private void ready() {
    tally.newRuns(events.now());
    after(parameters.soak().toMillis(), this::beginNext);
  }

  private RestartTimes times() {
    return parameters.application().restartTimes();
  }

  private long drawn(Distribution distribution, FastdeployDraw what, int instance) {
    return distribution.millis(draws.of(what, instance));
  }

  private void after(long millis, Runnable action) {
    events.at(events.now() + millis, action);
  }
}
