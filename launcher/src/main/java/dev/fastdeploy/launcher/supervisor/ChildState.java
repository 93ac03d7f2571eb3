package dev.fastdeploy.launcher.supervisor;

/** The stages in the life of a child. */
enum ChildState {
  /** Started; its probation tells whether it is ready. */
  RUNNING,
  /** It has announced a reload and ends its work. */
  DRAINING,
  /** It was told to stop. */
  STOPPING,
  /** It has ended. */
  EXITED
}
