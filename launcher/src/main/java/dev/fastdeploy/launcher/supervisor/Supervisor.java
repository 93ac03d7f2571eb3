package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.follow.Following;
import dev.fastdeploy.launcher.supervisor.follow.RecordQuestion;
import dev.fastdeploy.launcher.supervisor.health.InstanceSnapshot;
import dev.fastdeploy.launcher.supervisor.leftovers.Leftovers;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import dev.fastdeploy.launcher.supervisor.releases.PhaseRecord;
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
 * reports here. What is done in reaction is the matter of the classes that this one puts together.
 */
final class Supervisor {

  /** How often a record that could not be written is tried again. */
  private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);

  private final RunOptions options;
  private final Releases releases;
  private final ProcessSpawner spawner;
  private final BlockingQueue<SupervisorEvent> events;
  private final StopRequest stop;
  private final Vitals vitals;
  private final CurrentProcess process = new CurrentProcess();
  private final BeforeFirstStart before;
  private final ServiceSignals signals;
  private final ReleaseWatch watch;
  private final ReleaseStarter starter;
  private final AfterExit afterExit;
  private final ServiceMessages messages;
  private final SnapshotTeller snapshots;
  private final AgentWatch agents;
  private final Following following;

  /**
   * @param question how the record of an environment is asked
   * @param published is told what is known of the instance after each change
   */
  Supervisor(
      RunOptions options,
      Releases releases,
      ProcessSpawner spawner,
      Signals system,
      BlockingQueue<SupervisorEvent> events,
      RecordQuestion question,
      AgentWatch agents,
      Consumer<InstanceSnapshot> published) {
    this.options = options;
    this.releases = releases;
    this.spawner = spawner;
    this.events = events;
    this.agents = agents;
    stop = new StopRequest(options.stopExitZero());
    vitals = new Vitals(options, releases::outcome);
    before = new BeforeFirstStart(options, releases, spawner, system, stop, events, process);
    following = new Following(options, question, releases, events, stop);
    Leftovers leftovers = new Leftovers(spawner.mark(), system::isSending);
    signals = new ServiceSignals(options, system, stop, vitals);
    PhaseRecord phases = new PhaseRecord(releases);
    watch = new ReleaseWatch(options, releases, spawner, signals, vitals, phases);
    starter =
        new ReleaseStarter(
            releases,
            spawner,
            process,
            signals,
            watch,
            vitals,
            phases,
            new BeforeNextStart(options, leftovers, stop, events),
            agents);
    afterExit =
        new AfterExit(options, releases, process, stop, signals, watch, vitals, phases, starter);
    messages =
        new ServiceMessages(
            releases, spawner, process, stop, signals, watch, vitals, phases, afterExit);
    snapshots =
        new SnapshotTeller(options.health().isPresent(), process, stop, watch, vitals, published);
  }

  /** Starts the service and stays with it until it ends for good; the launcher's exit code. */
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
    LastOutput.finish(process.lastStarted(), new StopListener(events, stop, options.stopTimeout()));
    spawner.withdrawFacts();
    return end.getAsInt();
  }

  private OptionalInt startFirst(Release first) throws InterruptedException {
    Optional<PendingActivation> followed = releases.pendingActivation();
    if (followed.isEmpty()) {
      return starter.startKnown(first, Optional.empty());
    }
    vitals.reloadBegins(followed.get());
    return starter.startNew(first);
  }

  /** The next event; nothing if something is due before one comes. */
  private @Nullable SupervisorEvent nextEvent() throws InterruptedException {
    long now = System.nanoTime();
    long wait = Math.min(signals.left(now), afterExit.left(now));
    wait = Math.min(wait, watch.left(process.child(), now));
    Child current = process.child();
    if (current != null) {
      wait = Math.min(wait, current.exit().left(now));
    }
    wait = Math.min(wait, agents.left(now));
    if (options.health().isPresent()) {
      Long look = vitals.readiness().nextLook(now);
      wait = look == null ? wait : Math.min(wait, look - now);
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
      signals.received(signal.name(), process.child());
    } else if (event instanceof SupervisorEvent.Received received) {
      messages.received(received.channel(), received.message());
    } else if (event instanceof SupervisorEvent.ChannelEnded ended) {
      messages.ended(ended.channel());
    } else if (event instanceof SupervisorEvent.Exited exited) {
      onExit(exited);
    } else if (event instanceof SupervisorEvent.Asked asked) {
      onAsked(asked);
    }
  }

  private void onExit(SupervisorEvent.Exited exited) {
    Child current = process.child();
    if (current != null && process.isOf(exited.process())) {
      afterExit.exited(current, exited.code());
    }
  }

  private void onAsked(SupervisorEvent.Asked asked) {
    if (!process.isOf(asked.process())) {
      return;
    }
    if (asked.ready()) {
      watch.ready();
    } else {
      watch.unready(asked.unreadyBecause());
    }
  }

  private OptionalInt act(long now) throws InterruptedException {
    Child current = process.child();
    if (current == null) {
      return OptionalInt.empty();
    }
    current.exit().look(now);
    if (afterExit.isDue(now)) {
      return afterExit.act(current, now);
    }
    signals.sendDue(current, now);
    watch.askIfSilent(current, now);
    watch.judge(current, now);
    if (agents.say(now)) {
      spawner.publishFacts(current);
    }
    if (releases.hasUnwritten() && releases.writeUnwritten()) {
      current.tell(new ChannelMessage.StateChanged());
    }
    return OptionalInt.empty();
  }
}
