package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The time between the end of the service's readiness and the end of its work: load balancers see
 * that it is not ready and turn away, and requests that still come are served. Nothing is activated
 * yet.
 */
final class PreDrain {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Duration duration;
  private final ServiceFacts service;
  private final Waiting waiting;
  private final BooleanSupplier stopping;

  /**
   * @param duration the length of that time; zero if there is nothing to wait for
   * @param stopping returns true if the process was told to end
   */
  PreDrain(Duration duration, ServiceFacts service, Waiting waiting, BooleanSupplier stopping) {
    this.duration = duration;
    this.service = service;
    this.waiting = waiting;
    this.stopping = stopping;
  }

  /**
   * Withdraws the readiness and waits. If the deploy fails after that, the caller restores the
   * readiness.
   *
   * @param changed runs once a status shows the change
   * @throws IOException if the process is told to end meanwhile, or the deploy is cancelled, with
   *     the reason
   */
  void begin(ActiveDeploy deploy, Runnable changed) throws IOException, InterruptedException {
    if (duration.isZero()) {
      return;
    }
    deploy.enter(InstanceState.PRE_DRAINING);
    long now = deploy.reached(Phase.PRE_DRAINING);
    service.readinessWithdrawn(
        "load balancers have "
            + duration.toMillis()
            + " ms (--pre-drain) before the deploy "
            + deploy.plan().id());
    changed.run();
    deploy.tell(new DeployEvent.PreDraining(now + duration.toMillis()));
    long end = waiting.nanos() + duration.toNanos();
    while (end - waiting.nanos() > 0) {
      if (stopping.getAsBoolean()) {
        throw new IOException("the instance was told to stop");
      }
      deploy.requireGoOn();
      waiting.pause(shorter(LOOK_AGAIN, Duration.ofNanos(end - waiting.nanos())));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
