package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.follow.Following;
import dev.fastdeploy.launcher.supervisor.follow.RecordQuestion;
import dev.fastdeploy.launcher.supervisor.health.HealthSnapshot;
import dev.fastdeploy.launcher.supervisor.leftovers.LeftProcesses;
import dev.fastdeploy.launcher.supervisor.listeners.ConnectionHold;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of a container's service: one thread that reacts to events and deadlines, one at a time.
 * Everything that blocks (pipes, sockets, waiting for a process) has a thread of its own and only
 * reports here. The classes that this one puts together do the reacting.
 */
@SupervisorThread
final class Supervisor {

  /** The time between two attempts to write a record. */
  private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);

  private final RunOptions options;
  private final Releases releases;
  private final ProcessSpawner spawner;
  private final BlockingQueue<SupervisorEvent> events;
  private final StopRequest stop;
  private final ConnectionHold hold;
  private final ServiceInstances instances = new ServiceInstances();
  private final ReloadRecord reloads;
  private final BeforeFirstStart before;
  private final Following following;
  private final ReleaseStarter starter;
  private final AfterExit afterExit;
  private final ServiceMessages messages;
  private final SnapshotTeller snapshots;

  /**
   * @param question the way to ask the record of an environment
   * @param hold decides whether connections wait during a reload
   * @param patience the time within which a service's agent should be heard of
   * @param published gets what is known of the instance after each change
   */
  Supervisor(
      RunOptions options,
      Releases releases,
      ProcessSpawner spawner,
      Signals system,
      BlockingQueue<SupervisorEvent> events,
      RecordQuestion question,
      ConnectionHold hold,
      Duration patience,
      Consumer<HealthSnapshot> published) {
    this.options = options;
    this.releases = releases;
    this.spawner = spawner;
    this.events = events;
    stop = new StopRequest(options.end().stopExitZero());
    Vitals vitals = new Vitals(options, releases::outcome);
    reloads = new ReloadRecord(releases, vitals);
    LauncherParts launcher =
        new LauncherParts(
            options, releases, spawner, system, stop, reloads, hold, patience, new LastSaid());
    this.hold = hold;
    before = new BeforeFirstStart(options, releases, spawner, system, stop, events, instances);
    following = new Following(options, question, releases, events, stop);
    LeftProcesses leftovers = new LeftProcesses(spawner.mark(), system::isSending);
    starter =
        new ReleaseStarter(
            launcher, instances, vitals, new BeforeNextStart(options, leftovers, stop, events));
    afterExit = new AfterExit(options, releases, stop, reloads, hold, starter);
    messages = new ServiceMessages(launcher, instances);
    snapshots =
        new SnapshotTeller(
            options.platform().health().isPresent(), instances, stop, vitals, published);
  }

  /**
   * Starts the service and stays with it until it ends for good; returns the launcher's exit code.
   */
  int supervise() throws IOException, InterruptedException {
    OptionalInt end = before.endLeftService();
    if (end.isEmpty()) {
      Release first = following.orOwn(releases.atStart());
      end = stop.requested() ? OptionalInt.of(stop.signalCode()) : before.runInitTasks(first);
      if (end.isEmpty()) {
        end = startFirst(first);
      }
    }
    while (end.isEmpty()) {
      snapshots.tell(System.nanoTime());
      SupervisorEvent event = nextEvent();
      if (event != null) {
        react(event);
        snapshots.tell(System.nanoTime());
      }
      end = act(System.nanoTime());
    }
    hold.close();
    LastOutput.finish(
        instances.lastStarted(), new StopListener(events, stop, options.end().stopTimeout()));
    spawner.withdrawFacts();
    return end.getAsInt();
  }

  private OptionalInt startFirst(Release first) throws InterruptedException {
    Optional<PendingActivation> followed = releases.pendingActivation();
    if (followed.isEmpty()) {
      return starter.startKnown(first, Optional.empty());
    }
    reloads.begins(followed.get());
    return starter.startNew(first);
  }

  /** Returns the next event; null if something is due before one comes. */
  private @Nullable SupervisorEvent nextEvent() throws InterruptedException {
    long now = System.nanoTime();
    long wait = Math.min(afterExit.left(now), hold.left(now));
    for (ServiceInstance instance : instances.all()) {
      wait = Math.min(wait, instance.left(now));
    }
    if (releases.hasUnwritten()) {
      wait = Math.min(wait, RECORD_AGAIN.toNanos());
    }
    return wait == Long.MAX_VALUE
        ? events.take()
        : events.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
  }

  private void react(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.SignalReceived signal) {
      onSignal(signal.name());
    } else if (event instanceof SupervisorEvent.Received received) {
      messages.received(received.channel(), received.message());
    } else if (event instanceof SupervisorEvent.ChannelEnded ended) {
      messages.ended(ended.channel());
    } else if (event instanceof SupervisorEvent.Exited exited) {
      instances.of(exited.process()).ifPresent(instance -> onExit(instance, exited.code()));
    } else if (event instanceof SupervisorEvent.Asked asked) {
      instances.of(asked.process()).ifPresent(instance -> onAsked(instance, asked));
    }
  }

  private void onSignal(String name) {
    boolean firstStop = Signals.isStop(name) && stop.request(name);
    if (firstStop) {
      hold.close();
    }
    for (ServiceInstance instance : instances.all()) {
      instance.signals().received(name, firstStop);
    }
  }

  private void onExit(ServiceInstance instance, int code) {
    instance.exited(code);
    hold.ended(instance.child().announced(), System.nanoTime());
    reloads.pass(Phase.EXITED);
  }

  private static void onAsked(ServiceInstance instance, SupervisorEvent.Asked asked) {
    if (asked.ready()) {
      instance.watch().ready();
    } else {
      instance.watch().unready(asked.unreadyBecause());
    }
  }

  /** An old process that announced its end may be or become ready while it drains. */
  private void lookAtHold(ServiceInstance instance, long now) {
    if (instance.child().announced() || !instance.isReady(now)) {
      return;
    }
    hold.ready(now);
    if (instance.watch().watched() == null && hold.holds()) {
      hold.proven();
    }
    instance.tellNotHolding(hold.notHoldingBecause());
  }

  private OptionalInt act(long now) throws InterruptedException {
    hold.look(now);
    for (ServiceInstance instance : instances.all()) {
      instance.lookForEnd(now);
      lookAtHold(instance, now);
    }
    if (afterExit.isDue(now)) {
      return afterExit.startNext();
    }
    for (ServiceInstance instance : instances.all()) {
      if (instance.takeIfToBeDecided(now)) {
        return afterExit.decide(instance);
      }
      instance.act(now);
    }
    if (releases.hasUnwritten() && releases.writeUnwritten()) {
      for (ServiceInstance instance : instances.all()) {
        instance.tell(new ChannelMessage.StateChanged());
      }
    }
    return OptionalInt.empty();
  }
}
