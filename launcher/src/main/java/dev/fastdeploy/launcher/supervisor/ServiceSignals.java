package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.DueTime;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.process.Signals;

/**
 * The signals to one process of the service, and their times: the launcher's own signals, TERM for
 * a release that does not come up, KILL once an end is overdue.
 */
@SupervisorThread
final class ServiceSignals {

  private final RunOptions options;
  private final Signals system;
  private final StopRequest stop;
  private final Child child;
  private final ServiceReadiness readiness;
  private final DueTime passOn = new DueTime();
  private final DueTime kill = new DueTime();

  ServiceSignals(LauncherParts launcher, Child child, ServiceReadiness readiness) {
    this.options = launcher.options();
    this.system = launcher.system();
    this.stop = launcher.stop();
    this.child = child;
    this.readiness = readiness;
  }

  /**
   * Passes on a signal that the launcher received.
   *
   * @param name without SIG
   * @param firstStop true if it is the first that asks the launcher to stop
   */
  void received(String name, boolean firstStop) {
    if (firstStop) {
      kill.in(options.end().stopTimeout());
    }
    if (child.state() == ChildState.EXITED) {
      return;
    }
    if (Signals.isStop(name)) {
      boolean mayWait = firstStop && serves();
      child.stopping();
      child.tell(new ChannelMessage.Stopping());
      passOn.clear();
      if (mayWait) {
        waitForPreDrain();
        return;
      }
    }
    send(name);
  }

  private void waitForPreDrain() {
    passOn.in(options.end().preDrain());
    Diagnostics.say(
        "told to stop: the service is no longer ready, and gets the signal in "
            + options.end().preDrain().toMillis()
            + " ms (--pre-drain), or at the next one");
  }

  /** Returns true if load balancers may send it requests, and need time to notice the stop. */
  private boolean serves() {
    return !options.end().preDrain().isZero()
        && child.state() == ChildState.RUNNING
        && readiness.wasReady(System.nanoTime());
  }

  /** Records that the service has announced its end: from now on it has the time to drain. */
  void drains() {
    kill.in(options.end().drainTimeout().plus(ProcessContract.KILL_AFTER_DRAIN));
    child.rememberDescendants();
  }

  /** Ends the service because its release does not come up. */
  void giveUp() {
    kill.in(options.end().drainTimeout());
    child.stopping();
    child.rememberDescendants();
    send("TERM");
  }

  /** Records that the process has ended: nothing is due any more. */
  void clear() {
    passOn.clear();
    kill.clear();
  }

  /** Sends what is due now. */
  void sendDue(long now) {
    if (passOn.takeIfDue(now)) {
      send(stop.signal());
    }
    if (kill.takeIfDue(now)) {
      child.rememberDescendants();
      system.kill(child.process(), options.end().signalGroup());
      if (stop.requested() || options.end().endLeftovers()) {
        child.killDescendants();
      }
    }
  }

  /** Returns the nanoseconds until something is due; the largest number if nothing is. */
  long left(long now) {
    return Math.min(passOn.left(now), kill.left(now));
  }

  private void send(String name) {
    if (options.end().signalGroup()) {
      system.sendToGroup(name, child.process());
    } else {
      system.send(name, child.process());
    }
  }
}
