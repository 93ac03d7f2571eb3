package dev.fastdeploy.launcher.supervisor.health;

import java.util.Locale;

/**
 * The state of an instance as its launcher sees it and tells it to the platform, in {@code /live}
 * and the metrics. The agent's states in {@code status} are others; the glossary sets them side by
 * side.
 */
public enum HealthState {
  /** Started, and not ready yet. */
  STARTING,
  /** Serving. */
  READY,
  /**
   * It was ready, and says that it is not now: before a reload, for example, for load balancers.
   */
  UNREADY,
  /** Running a release that is not proven yet, ready or not. */
  PROBATION,
  /** Ending its work for a reload. */
  DRAINING,
  /** It has ended, and is started again. */
  RESTARTING,
  /** A release did not come up: it is ended, or the previous one is started and not ready yet. */
  RESTORING,
  /** Not ready in time, with nothing left to go back to: the platform must act. */
  FAILED,
  /** The launcher was told to stop. */
  STOPPING;

  /** Returns the name for people and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
