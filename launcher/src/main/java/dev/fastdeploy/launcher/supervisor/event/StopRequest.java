package dev.fastdeploy.launcher.supervisor.event;

import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The request to stop the launcher, if there was one: the signal, and the exit code that follows.
 */
@SupervisorThread
public final class StopRequest {

  private static final String DEFAULT = "TERM";

  private static final int TERM_EXIT_CODE =
      ProcessContract.SIGNAL_EXIT_BASE + Signals.number(DEFAULT);

  private final boolean exitZero;
  private @Nullable String signal;

  /**
   * @param exitZero whether a service that obeyed TERM ends the launcher with 0
   */
  public StopRequest(boolean exitZero) {
    this.exitZero = exitZero;
  }

  /**
   * Records that the launcher is told to stop.
   *
   * @param name the signal, without SIG
   * @return true if it was told for the first time; the first signal remains the one that counts
   */
  public boolean request(String name) {
    boolean first = signal == null;
    if (first) {
      signal = name;
    }
    return first;
  }

  /** Returns true if the launcher was told to stop. */
  public boolean requested() {
    return signal != null;
  }

  /** Returns the signal that asked for it, which is passed to the service. */
  public String signal() {
    return signal == null ? DEFAULT : signal;
  }

  /** Returns the launcher's exit code if the signal alone ends it. */
  public int signalCode() {
    return endCode(ProcessContract.SIGNAL_EXIT_BASE + Signals.number(signal()));
  }

  /**
   * Returns the launcher's exit code after the service's. Java ends with 143 on a TERM that it
   * obeyed, which platforms count as a failure.
   */
  public int endCode(int code) {
    return requested() && code == TERM_EXIT_CODE && exitZero ? 0 : code;
  }
}
