package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.leftovers.LeftProcesses;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;

/** The step between the end of a service and its next start: what it left running is ended. */
@SupervisorThread
final class BeforeNextStart {

  private final RunOptions options;
  private final LeftProcesses leftovers;
  private final StopRequest stop;
  private final BlockingQueue<SupervisorEvent> events;
  private final long startedTicks = LauncherFacts.startedTicks(ProcessHandle.current().pid());

  BeforeNextStart(
      RunOptions options,
      LeftProcesses leftovers,
      StopRequest stop,
      BlockingQueue<SupervisorEvent> events) {
    this.options = options;
    this.leftovers = leftovers;
    this.stop = stop;
    this.events = events;
  }

  /**
   * Ends what a service left running.
   *
   * @return the launcher's exit code if it was told to stop meanwhile
   */
  OptionalInt endLeftovers(Child ended) throws InterruptedException {
    if (!options.end().endLeftovers()) {
      return OptionalInt.empty();
    }
    // Without init tasks, everything of the launcher's that came after it came from the service.
    long servicesBegan = options.service().init().isEmpty() ? startedTicks : ended.startedTicks();
    leftovers.end(
        ended.left(servicesBegan, startedTicks),
        new StopListener(events, stop, options.end().stopTimeout()));
    return stop.requested() ? OptionalInt.of(stop.signalCode()) : OptionalInt.empty();
  }
}
