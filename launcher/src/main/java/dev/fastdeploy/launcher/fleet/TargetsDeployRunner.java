package dev.fastdeploy.launcher.fleet;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a {@link TargetsDeploy} decides: makes the calls, and feeds it answers and the
 * passing of time. One thread runs it; another may interrupt it.
 */
public final class TargetsDeployRunner {

  private static final Duration QUESTION_DEADLINE = Duration.ofSeconds(5);

  private sealed interface Input {
    record Heard(CallReport report) implements Input {}

    record Interrupt() implements Input {}
  }

  private final DeployOrder order;
  private final TargetsDeploy deploy;
  private final InstanceClients clients;
  private final FleetListener listener;
  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  private final Map<Target, InstanceClient> open = new HashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long startedMillis;
  private final long startedNanos = System.nanoTime();

  /**
   * @param targets at least one, without duplicates, in the order in which they start
   * @param clock gives the times of events; deadlines do not depend on it
   */
  public TargetsDeployRunner(
      DeployOrder order,
      List<Target> targets,
      InstanceClients clients,
      FleetListener listener,
      Clock clock) {
    this.order = order;
    this.deploy = new TargetsDeploy(order, targets);
    this.clients = clients;
    this.listener = listener;
    this.startedMillis = clock.millis();
  }

  /**
   * Deploys, and returns when each started instance has an outcome, or after an interrupt.
   *
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  public FleetSummary run() throws InterruptedException {
    try {
      perform(deploy.start(now()));
      while (!deploy.finished()) {
        Input input = nextInput();
        if (input instanceof Input.Heard heard) {
          perform(deploy.on(heard.report(), now()));
        } else if (input instanceof Input.Interrupt) {
          perform(deploy.interrupt());
        }
        perform(deploy.tick(now()));
      }
      return deploy.summary();
    } finally {
      open.values().forEach(InstanceClient::close);
      ended.countDown();
    }
  }

  /**
   * Makes {@link #run} report what is done, under way and untouched, and return.
   *
   * @param patience how long to wait for that
   */
  public void interrupt(Duration patience) {
    inputs.add(new Input.Interrupt());
    try {
      if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException alreadyEnding) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Input nextInput() throws InterruptedException {
    OptionalLong wakeAt = deploy.wakeAt();
    if (wakeAt.isEmpty()) {
      return inputs.take();
    }
    return inputs.poll(Math.max(0, wakeAt.getAsLong() - now()), TimeUnit.MILLISECONDS);
  }

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Tell tell) {
        listener.on(tell.event());
      } else if (effect instanceof Effect.OpenStream open) {
        openStream(open);
      } else if (effect instanceof Effect.AskOutcome ask) {
        askOutcome(ask);
      } else if (effect instanceof Effect.AskStatus ask) {
        askStatus(ask);
      } else if (effect instanceof Effect.Disconnect disconnect) {
        disconnect(disconnect.target());
      }
    }
  }

  private void openStream(Effect.OpenStream effect) {
    Target target = effect.target();
    client(target, effect.call())
        .begin(
            order,
            new InstanceClient.Answer<>(
                event -> heard(new CallReport.Said(target, effect.call(), event)),
                failure -> heard(new CallReport.StreamEnded(target, effect.call(), failure))));
  }

  private void askOutcome(Effect.AskOutcome effect) {
    Target target = effect.target();
    client(target, effect.call())
        .outcome(
            order.id().id(),
            effect.patience(),
            QUESTION_DEADLINE,
            new InstanceClient.Answer<>(
                outcome -> heard(new CallReport.Answered(target, effect.call(), outcome)),
                failure -> heard(new CallReport.AskFailed(target, effect.call(), failure))));
  }

  private void askStatus(Effect.AskStatus effect) {
    Target target = effect.target();
    client(target, effect.call())
        .status(
            QUESTION_DEADLINE,
            new InstanceClient.Answer<>(
                status -> heard(new CallReport.Described(target, effect.call(), status)),
                failure -> heard(new CallReport.AskFailed(target, effect.call(), failure))));
  }

  private InstanceClient client(Target target, long call) {
    return open.computeIfAbsent(
        target,
        unconnected ->
            clients.open(unconnected, () -> heard(new CallReport.Connected(unconnected, call))));
  }

  private void disconnect(Target target) {
    InstanceClient client = open.remove(target);
    if (client != null) {
      client.close();
    }
  }

  private void heard(CallReport report) {
    inputs.add(new Input.Heard(report));
  }

  /** Returns a monotonic time near UTC, so that events can be stamped with it. */
  private long now() {
    return startedMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
  }
}
