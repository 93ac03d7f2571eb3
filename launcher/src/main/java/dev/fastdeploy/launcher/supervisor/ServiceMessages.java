package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.releases.PhaseRecord;
import dev.fastdeploy.launcher.supervisor.releases.Releases;

/** Reacts to what agents say on their channels. The supervisor's thread alone uses it. */
final class ServiceMessages {

  private final Releases releases;
  private final ProcessSpawner spawner;
  private final CurrentProcess process;
  private final StopRequest stop;
  private final ServiceSignals signals;
  private final ReleaseWatch watch;
  private final Vitals vitals;
  private final PhaseRecord phases;
  private final AfterExit afterExit;

  ServiceMessages(
      Releases releases,
      ProcessSpawner spawner,
      CurrentProcess process,
      StopRequest stop,
      ServiceSignals signals,
      ReleaseWatch watch,
      Vitals vitals,
      PhaseRecord phases,
      AfterExit afterExit) {
    this.releases = releases;
    this.spawner = spawner;
    this.process = process;
    this.stop = stop;
    this.signals = signals;
    this.watch = watch;
    this.vitals = vitals;
    this.phases = phases;
    this.afterExit = afterExit;
  }

  /** A message has arrived. Only the service's own agent is listened to, once it is known. */
  void received(Channel channel, ChannelMessage message) {
    Child current = process.child();
    if (current == null) {
      return;
    }
    if (message instanceof ChannelMessage.Hello hello) {
      onHello(current, channel, hello.pid());
    } else if (current.owns(channel)) {
      onMessage(current, message);
    }
  }

  private void onMessage(Child current, ChannelMessage message) {
    if (message instanceof ChannelMessage.Ready) {
      watch.readyByAgent(current);
    } else if (message instanceof ChannelMessage.Listening listening) {
      watch.listens();
      onListening(current, listening.address());
    } else if (message instanceof ChannelMessage.NotListening not) {
      watch.doesNotListen(not.reason());
    } else if (message instanceof ChannelMessage.AgentFailed failed) {
      watch.agentFailed(current, failed.reason());
    } else if (message instanceof ChannelMessage.Classes classes) {
      watch.classes(current, classes);
    } else if (message instanceof ChannelMessage.Unready unready) {
      watch.unready(unready.reason());
    } else if (message instanceof ChannelMessage.Runs runs) {
      releases
          .named(runs.commit())
          .ifPresent(release -> onRuns(current, release, runs.onProbation()));
    } else if (message instanceof ChannelMessage.Reload) {
      onReloadAnnounced(current);
    } else if (message instanceof ChannelMessage.AskLastLines) {
      current.tell(new ChannelMessage.LastLines(current.piped().lastLinesSoFar()));
    }
  }

  /** Each write of the facts costs a sync: the home's own socket is found without a word. */
  private void onListening(Child current, String address) {
    if (current.listensOn(address) && !spawner.inTheHome(address)) {
      spawner.publishFacts(current);
    }
  }

  private void onHello(Child current, Channel channel, long pid) {
    boolean belongs = current.adopt(channel, pid);
    if (belongs && current.silent()) {
      spawner.publishFacts(current);
    }
    if (current.owns(channel)) {
      watch.hasAgent();
    }
    if (current.owns(channel) && stop.requested()) {
      current.tell(new ChannelMessage.Stopping());
    }
    // One that has ended already was a short-lived helper, of which nobody can tell whose it was.
    if (!belongs && current.state() != ChildState.EXITED && ProcessHandle.of(pid).isPresent()) {
      Diagnostics.say(
          "the JVM " + pid + " does not descend from the service and is not taken for it");
    }
  }

  /**
   * The agent watches a release that it reloaded in place. A watch of this process rests meanwhile;
   * it is over once that release is proven, and goes on if the one before it comes back.
   */
  private void onRuns(Child current, Release release, boolean onProbation) {
    boolean another = !release.equals(current.release());
    if (another && onProbation) {
      current.piped().forgetLastLines();
    }
    tellVitals(current, another, onProbation);
    current.runs(release, onProbation);
    if (!onProbation && !another && watch.watched() != null) {
      watch.taken();
    }
    spawner.publishFacts(current);
  }

  private void tellVitals(Child current, boolean another, boolean onProbation) {
    if (another) {
      vitals.readiness().runsAnother(System.nanoTime());
    }
    if (onProbation) {
      releases.pendingActivation().ifPresent(vitals::reloadBegins);
    } else if (current.onProbationInPlace() && another) {
      vitals.reloadTakenBack();
    } else if (current.onProbationInPlace()) {
      vitals.reloadProven();
    }
  }

  private void onReloadAnnounced(Child current) {
    if (stop.requested()) {
      current.tell(new ChannelMessage.Declined("the launcher was told to stop"));
      return;
    }
    current.announce();
    current.tell(new ChannelMessage.Acknowledged());
    phases.pass(Phase.DRAINING);
    signals.drains(current);
  }

  /** A channel has ended. */
  void ended(Channel channel) {
    Child current = process.child();
    if (current == null) {
      return;
    }
    boolean ofTheService = current.owns(channel);
    if (current.channelEnded(channel)) {
      watch.agentGone("the JVM that said hello has ended");
    } else if (ofTheService) {
      afterExit.heardAll();
    }
  }
}
