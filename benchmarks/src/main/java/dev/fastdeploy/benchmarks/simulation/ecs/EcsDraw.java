package dev.fastdeploy.benchmarks.simulation.ecs;

/** What is drawn in a rolling update. */
enum EcsDraw {
  /** An instance's pull of the image. */
  PULL,
  /** Where in its interval an instance's agent reports. */
  REPORT_PHASE,
  /** A task's container. */
  CREATE,
  /** A task's application. */
  RESTART,
  /** An old task's work in flight. */
  DRAIN
}
