package dev.fastdeploy.launcher.supervisor;

/** The stages in the life of a child. */
enum ChildState {
  /** Started; whether it is ready is its probation's matter. */
  RUNNING,
  /** It has announced a reload and ends its work. */
  DRAINING,
  /** It was told to stop. */
  STOPPING,
  /** It has ended. */
  EXITED
}
