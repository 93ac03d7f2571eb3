package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.DueTime;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import java.time.Duration;

/**
 * One process of the service, from its start until the next takes its place, with everything that
 * is known of it and due for it: its child and output, readiness, signals and their deadlines, the
 * watch of its release. The launcher holds them in {@link ServiceInstances}.
 */
@SupervisorThread
final class ServiceInstance {

  /** The time to read the channel of an ended service to its end. */
  private static final Duration CHANNEL_GRACE = Duration.ofSeconds(1);

  private final Child child;
  private final long startedAt;
  private final boolean answersHealth;
  private final ProcessSpawner spawner;
  private final ServiceReadiness readiness;
  private final ServiceSignals signals;
  private final ReleaseWatch watch;
  private final AgentWatch agent;
  private final DueTime decision = new DueTime();
  private String notHolding = "";

  /**
   * @param startedAt nanoseconds of the monotonic clock
   */
  ServiceInstance(LauncherParts launcher, Child child, long startedAt) {
    RunOptions options = launcher.options();
    this.child = child;
    this.startedAt = startedAt;
    this.answersHealth = options.platform().health().isPresent();
    this.spawner = launcher.spawner();
    this.readiness =
        new ServiceReadiness(
            startedAt,
            options.probation().readyTimeout(),
            options.probation().readyAfter().orElse(Duration.ZERO));
    if (!child.agentExpected() && options.probation().readiness().isEmpty()) {
      readiness.ready();
    }
    this.signals = new ServiceSignals(launcher, child, readiness);
    this.watch = new ReleaseWatch(launcher, child, readiness, signals);
    this.agent = new AgentWatch(launcher.patience());
    agent.started(child, startedAt);
  }

  /** Returns its process, with what its agents said. */
  Child child() {
    return child;
  }

  /** Returns the time of its start, in nanoseconds of the monotonic clock. */
  long startedAt() {
    return startedAt;
  }

  /** Returns its readiness. */
  ServiceReadiness readiness() {
    return readiness;
  }

  /** Returns true if it runs and is ready. */
  boolean isReady(long now) {
    return child.state() == ChildState.RUNNING && readiness.unreadyBecause(now).isEmpty();
  }

  /** Returns its signals and their deadlines. */
  ServiceSignals signals() {
    return signals;
  }

  /** Returns the watch of its release. */
  ReleaseWatch watch() {
    return watch;
  }

  /** Records that its process has ended. Its last messages may still be on their way. */
  void exited(int code) {
    child.exited(code);
    signals.clear();
    decision.in(child.hasAgent() && !child.saidAll() ? CHANNEL_GRACE : Duration.ZERO);
  }

  /** Records that everything it said has been heard. */
  void heardAll() {
    if (decision.isSet()) {
      decision.in(Duration.ZERO);
    }
  }

  /** Returns true, once, when it has ended and what follows is to be decided now. */
  boolean takeIfToBeDecided(long now) {
    return decision.takeIfDue(now);
  }

  /** Returns the nanoseconds until something is due; the largest number if nothing is. */
  long left(long now) {
    long left = Math.min(signals.left(now), decision.left(now));
    left = Math.min(left, watch.left(now));
    left = Math.min(left, child.exit().left(now));
    left = Math.min(left, agent.left(now));
    Long look = answersHealth ? readiness.nextLook(now) : null;
    return look == null ? left : Math.min(left, look - now);
  }

  /** Looks for its end, if no thread waits for that. */
  void lookForEnd(long now) {
    child.exit().look(now);
  }

  /** Does what is due. */
  void act(long now) {
    signals.sendDue(now);
    watch.askIfSilent(now);
    watch.judge(now);
    if (agent.say(now)) {
      spawner.publishFacts(child);
    }
  }

  /** Tells its agent, for a status, why its listeners would not be held; empty if they would. */
  void tellNotHolding(String because) {
    if (!because.equals(notHolding)) {
      notHolding = because;
      tell(new ChannelMessage.NotHolding(because));
    }
  }

  /** Sends a message to its agent, if there is one. Never waits for it. */
  void tell(ChannelMessage message) {
    child.tell(message);
  }
}
