package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reacts to what agents say on their channels. */
@SupervisorThread
final class ServiceMessages {

  private final LauncherParts launcher;
  private final ServiceInstances instances;

  ServiceMessages(LauncherParts launcher, ServiceInstances instances) {
    this.launcher = launcher;
    this.instances = instances;
  }

  /** Reacts to a message. Once an instance's own agent is known, no other is listened to. */
  void received(Channel channel, ChannelMessage message) {
    if (message instanceof ChannelMessage.Hello hello) {
      onHello(channel, hello.pid());
    } else {
      instances.of(channel).ifPresent(instance -> onMessage(instance, message));
    }
  }

  private void onMessage(ServiceInstance from, ChannelMessage message) {
    ReleaseWatch watch = from.watch();
    if (message instanceof ChannelMessage.Ready) {
      watch.readyByAgent();
    } else if (message instanceof ChannelMessage.Listening listening) {
      watch.listens();
      onListening(from.child(), listening.address());
    } else if (message instanceof ChannelMessage.NotListening not) {
      watch.doesNotListen(not.reason());
      isUnreachable(from.child(), "the agent has no control endpoint: " + not.reason());
    } else if (message instanceof ChannelMessage.AgentFailed failed) {
      watch.agentFailed(failed.reason());
      isUnreachable(from.child(), "the agent does not run: " + failed.reason());
    } else if (message instanceof ChannelMessage.Classes classes) {
      watch.classes(classes);
    } else if (message instanceof ChannelMessage.Unready unready) {
      watch.unready(unready.reason());
    } else if (message instanceof ChannelMessage.Runs runs) {
      launcher
          .releases()
          .named(runs.commit())
          .ifPresent(release -> onRuns(from, release, runs.onProbation()));
    } else if (message instanceof ChannelMessage.Reload) {
      onReloadAnnounced(from);
    } else if (message instanceof ChannelMessage.AskLastLines) {
      from.tell(new ChannelMessage.LastLines(from.child().piped().lastLinesSoFar()));
    }
  }

  /** Each write of the facts costs a sync; the home's own socket is found without them. */
  private void onListening(Child child, String address) {
    boolean elsewhere = child.listensOn(address) && !launcher.spawner().inTheHome(address);
    if (child.isUnreachable("") || elsewhere) {
      launcher.spawner().publishFacts(child);
    }
  }

  private void isUnreachable(Child child, String because) {
    if (child.isUnreachable(because)) {
      launcher.spawner().publishFacts(child);
    }
  }

  private void onHello(Channel channel, long pid) {
    Optional<ServiceInstance> adopter = instances.adopt(channel, pid);
    adopter
        .map(ServiceInstance::child)
        .filter(Child::silent)
        .ifPresent(launcher.spawner()::publishFacts);
    adopter
        .filter(instance -> instance.child().process().pid() == pid)
        .ifPresent(instance -> onArchive(instance, pid));
    instances.of(channel).ifPresent(this::hasAgent);
    // If the process has ended already, it was a short-lived helper, and nobody can tell whose.
    if (adopter.isEmpty() && instances.anyLives() && ProcessHandle.of(pid).isPresent()) {
      Diagnostics.say(
          "the JVM " + pid + " does not descend from the service and is not taken for it");
    }
  }

  private void onArchive(ServiceInstance instance, long pid) {
    Optional<ArchiveOffer.Offered> archive = instance.child().archive();
    Optional<String> untaken = launcher.spawner().archives().reported(archive, pid);
    if (untaken.isPresent() && archive.filter(ArchiveOffer.Offered::required).isPresent()) {
      instance.watch().isWithoutArchive(untaken.get());
    }
  }

  private void hasAgent(ServiceInstance instance) {
    instance.watch().hasAgent();
    if (launcher.stop().requested()) {
      instance.tell(new ChannelMessage.Stopping());
    }
  }

  /**
   * Records that the agent watches a release that it reloaded in place. A watch of this process
   * pauses meanwhile; it is over once that release is proven, and goes on if the previous one comes
   * back.
   */
  private void onRuns(ServiceInstance instance, Release release, boolean onProbation) {
    Child child = instance.child();
    boolean another = !release.equals(child.release());
    if (another && onProbation) {
      child.piped().forgetLastLines();
    }
    if (another) {
      instance.readiness().runsAnother(System.nanoTime());
    }
    recordReload(child, another, onProbation);
    child.runs(release, onProbation);
    if (!onProbation && !another && instance.watch().watched() != null) {
      instance.watch().taken();
    }
    launcher.spawner().publishFacts(child);
  }

  private void recordReload(Child child, boolean another, boolean onProbation) {
    if (onProbation) {
      launcher.releases().pendingActivation().ifPresent(launcher.reloads()::begins);
    } else if (child.onProbationInPlace() && another) {
      launcher.reloads().takenBack();
    } else if (child.onProbationInPlace()) {
      launcher.reloads().provenInPlace();
    }
  }

  private void onReloadAnnounced(ServiceInstance instance) {
    if (launcher.stop().requested()) {
      instance.tell(new ChannelMessage.Declined("the launcher was told to stop"));
      return;
    }
    instance.child().announce();
    instance.tell(acknowledged());
    launcher.reloads().pass(Phase.DRAINING);
    instance.signals().drains();
  }

  private ChannelMessage acknowledged() {
    Optional<Duration> left = launcher.hold().begins(System.nanoTime());
    String socket = left.isEmpty() ? "" : launcher.hold().socket().map(Path::toString).orElse("");
    return new ChannelMessage.Acknowledged(socket, left.map(Duration::toMillis).orElse(0L));
  }

  /** Reacts to the end of a channel. */
  void ended(Channel channel) {
    for (ServiceInstance instance : instances.all()) {
      Child child = instance.child();
      boolean itsOwn = child.owns(channel);
      if (child.channelEnded(channel)) {
        instance.watch().agentGone("the JVM that said hello has ended");
      } else if (itsOwn) {
        instance.heardAll();
      }
    }
  }
}
