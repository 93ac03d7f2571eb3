package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.Deadline;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import org.jspecify.annotations.Nullable;

/**
 * What the service's process is sent, and when: the launcher's own signals, TERM for a release that
 * does not come up, KILL once an end is overdue. The supervisor's thread alone uses it.
 */
final class ServiceSignals {

  private final RunOptions options;
  private final Signals signals;
  private final StopRequest stop;
  private final Vitals vitals;
  private final Deadline passOn = new Deadline();
  private final Deadline kill = new Deadline();

  ServiceSignals(RunOptions options, Signals signals, StopRequest stop, Vitals vitals) {
    this.options = options;
    this.signals = signals;
    this.stop = stop;
    this.vitals = vitals;
  }

  /**
   * The launcher received a signal.
   *
   * @param name without SIG
   * @param current nothing before the first start
   */
  void received(String name, @Nullable Child current) {
    boolean lives = current != null && current.state() != ChildState.EXITED;
    boolean first = !stop.requested();
    if (Signals.isStop(name) && stop.request(name)) {
      kill.in(options.stopTimeout());
    }
    if (current == null || !lives) {
      return;
    }
    if (Signals.isStop(name)) {
      boolean mayWait = first && serves(current);
      current.stopping();
      current.tell(new ChannelMessage.Stopping());
      passOn.clear();
      if (mayWait) {
        waitForPreDrain();
        return;
      }
    }
    send(name, current);
  }

  private void waitForPreDrain() {
    passOn.in(options.preDrain());
    Diagnostics.say(
        "told to stop: the service is no longer ready, and gets the signal in "
            + options.preDrain().toMillis()
            + " ms (--pre-drain), or at the next one");
  }

  /** Whether load balancers may send it requests and would have to be told first. */
  private boolean serves(Child current) {
    return !options.preDrain().isZero()
        && current.state() == ChildState.RUNNING
        && vitals.readiness().wasReady(System.nanoTime());
  }

  /** The service has announced its end: from now on it has the time to drain. */
  void drains(Child current) {
    kill.in(options.drainTimeout().plus(ProcessContract.KILL_AFTER_DRAIN));
    current.rememberDescendants();
  }

  /** The service is to end because its release does not come up. */
  void giveUp(Child current) {
    kill.in(options.drainTimeout());
    current.stopping();
    current.rememberDescendants();
    send("TERM", current);
  }

  /** The process has ended, or another begins: nothing is due any more. */
  void clear() {
    passOn.clear();
    kill.clear();
  }

  /** Sends what is due now. */
  void sendDue(Child current, long now) {
    if (passOn.takeIfDue(now)) {
      send(stop.signal(), current);
    }
    if (kill.takeIfDue(now)) {
      current.rememberDescendants();
      signals.kill(current.process(), options.signalGroup());
      if (stop.requested() || options.endLeftovers()) {
        current.killDescendants();
      }
    }
  }

  /** In how many nanoseconds something is due; the largest number if nothing is. */
  long left(long now) {
    return Math.min(passOn.left(now), kill.left(now));
  }

  private void send(String name, Child to) {
    if (options.signalGroup()) {
      signals.sendToGroup(name, to.process());
    } else {
      signals.send(name, to.process());
    }
  }
}
