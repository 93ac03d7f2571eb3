package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.DueTime;
import dev.fastdeploy.launcher.supervisor.event.ExitWatch;
import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.leftovers.LeftProcesses;
import dev.fastdeploy.launcher.supervisor.leftovers.LeftService;
import dev.fastdeploy.launcher.supervisor.process.PipedProcess;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;

/**
 * The steps before the service's first start: a service that outlived its launcher is ended, and
 * the init tasks run.
 */
@SupervisorThread
final class BeforeFirstStart {

  private static final Duration STEP = Duration.ofMillis(20);

  private final RunOptions options;
  private final Releases releases;
  private final ProcessSpawner spawner;
  private final Signals signals;
  private final StopRequest stop;
  private final BlockingQueue<SupervisorEvent> events;
  private final ServiceInstances instances;

  BeforeFirstStart(
      RunOptions options,
      Releases releases,
      ProcessSpawner spawner,
      Signals signals,
      StopRequest stop,
      BlockingQueue<SupervisorEvent> events,
      ServiceInstances instances) {
    this.options = options;
    this.releases = releases;
    this.spawner = spawner;
    this.signals = signals;
    this.stop = stop;
    this.events = events;
    this.instances = instances;
  }

  /**
   * Ends the service of a launcher that was killed, as a stop would have.
   *
   * @return the launcher's exit code if it was told to stop meanwhile
   */
  OptionalInt endLeftService() throws InterruptedException {
    Optional<LeftService> found =
        releases.writable() ? LeftService.in(releases.home()) : Optional.empty();
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    LeftService left = found.get();
    StopListener listener = listener();
    if (left.alive()) {
      Diagnostics.say(
          "the service with pid " + left.pid() + " has outlived its launcher; it is stopped first");
      left.stop();
      DueTime overdue = new DueTime();
      overdue.in(options.end().stopTimeout());
      while (left.alive()) {
        listener.pause(STEP);
        if (overdue.isDue(System.nanoTime())) {
          left.kill();
        }
      }
    }
    if (options.end().endLeftovers()) {
      new LeftProcesses(left.mark(), signals::isSending).end(left.left(), listener);
    }
    return stop.requested() ? OptionalInt.of(stop.signalCode()) : OptionalInt.empty();
  }

  /**
   * Runs the init tasks in order.
   *
   * @return the launcher's exit code if nothing is to be started after them
   * @throws IOException if one cannot be started, with a message for the user
   */
  OptionalInt runInitTasks(Release release) throws IOException, InterruptedException {
    for (String task : options.service().init()) {
      PipedProcess started = spawner.startInitTask(task, release, instances.lastStarted());
      instances.startedBefore(started);
      int code = untilExit(started.process(), new ExitWatch(started.process(), events::add));
      if (stop.requested()) {
        return OptionalInt.of(stop.endCode(code == 0 ? stop.signalCode() : code));
      }
      if (code != 0) {
        Diagnostics.say("the init task '" + task + "' ended with " + code + "; nothing is started");
        return OptionalInt.of(code);
      }
    }
    return OptionalInt.empty();
  }

  private int untilExit(Process task, ExitWatch exit) throws InterruptedException {
    StopListener listener = listener();
    while (true) {
      SupervisorEvent event = listener.next(exit.left(System.nanoTime()));
      exit.look(System.nanoTime());
      if (event instanceof SupervisorEvent.Exited exited && exited.process().equals(task)) {
        return exited.code();
      }
      if (event instanceof SupervisorEvent.SignalReceived signal) {
        signals.send(signal.name(), task);
      }
      if (listener.takeIfOverdue()) {
        task.destroyForcibly();
      }
    }
  }

  private StopListener listener() {
    return new StopListener(events, stop, options.end().stopTimeout());
  }
}
