package dev.fastdeploy.launcher.supervisor.event;

import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import org.jspecify.annotations.Nullable;

/** Whether the launcher was told to stop, by which signal, and with which code it ends then. */
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
   * The launcher is told to stop.
   *
   * @param name the signal, without SIG
   * @return whether it was told for the first time; the first signal stays the one that counts
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

  /** The signal that asked for it, which is what the service gets. */
  public String signal() {
    return signal == null ? DEFAULT : signal;
  }

  /** The launcher's exit code if the signal alone is what ends it. */
  public int signalCode() {
    return endCode(ProcessContract.SIGNAL_EXIT_BASE + Signals.number(signal()));
  }

  /**
   * The launcher's exit code after the service's. Java ends with 143 on a TERM that it obeyed,
   * which platforms count as a failure.
   */
  public int endCode(int code) {
    return requested() && code == TERM_EXIT_CODE && exitZero ? 0 : code;
  }
}
