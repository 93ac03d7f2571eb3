package dev.fastdeploy.benchmarks.simulation.ecs;

/** The random draws of a rolling update. */
enum EcsDraw {
  /** An instance's pull of the image. */
  PULL,
  /** The moment in its interval at which an instance's agent reports. */
  REPORT_PHASE,
  /** A task's container. */
  CREATE,
  /** A task's application. */
  RESTART,
  /** An old task's work in flight. */
  DRAIN
}
