package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Release;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;

/**
 * What comes before the service's first start: a service that outlived its launcher is ended, the
 * init tasks run. To be used on the supervisor's thread.
 */
final class BeforeFirstStart {

  private static final Duration STEP = Duration.ofMillis(20);

  private final RunOptions options;
  private final Releases releases;
  private final ServiceStarter starter;
  private final Signals signals;
  private final StopRequest stop;
  private final BlockingQueue<SupervisorEvent> events;
  private final ServiceRun run;

  BeforeFirstStart(
      RunOptions options,
      Releases releases,
      ServiceStarter starter,
      Signals signals,
      StopRequest stop,
      BlockingQueue<SupervisorEvent> events,
      ServiceRun run) {
    this.options = options;
    this.releases = releases;
    this.starter = starter;
    this.signals = signals;
    this.stop = stop;
    this.events = events;
    this.run = run;
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
      Deadline overdue = new Deadline();
      overdue.in(options.stopTimeout());
      while (left.alive()) {
        listener.pause(STEP);
        if (overdue.isDue(System.nanoTime())) {
          left.kill();
        }
      }
    }
    if (options.endLeftovers()) {
      new Leftovers(left.mark(), signals::isSending).end(left.left(), listener);
    }
    return stop.requested() ? OptionalInt.of(stop.signalCode()) : OptionalInt.empty();
  }

  /**
   * Runs the init tasks in their order.
   *
   * @return the launcher's exit code if nothing is to be started after them
   * @throws IOException if one cannot be started, with a message for the user
   */
  OptionalInt runInitTasks(Release release) throws IOException, InterruptedException {
    for (String task : options.init()) {
      PipedProcess started = starter.startInitTask(task, release, run.lastStarted());
      run.startedBefore(started);
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

  private int untilExit(Process process, ExitWatch exit) throws InterruptedException {
    StopListener listener = listener();
    while (true) {
      SupervisorEvent event = listener.next(exit.left(System.nanoTime()));
      exit.look(System.nanoTime());
      if (event instanceof SupervisorEvent.Exited exited && exited.process().equals(process)) {
        return exited.code();
      }
      if (event instanceof SupervisorEvent.SignalReceived signal) {
        signals.send(signal.name(), process);
      }
      if (listener.takeIfOverdue()) {
        process.destroyForcibly();
      }
    }
  }

  private StopListener listener() {
    return new StopListener(events, stop, options.stopTimeout());
  }
}
