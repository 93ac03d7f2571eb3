package dev.fastdeploy.launcher.fleet.plan;

/** What is done when a deploy has failed. */
public enum OnFailure {
  /** What was moved is brought back. */
  ROLLBACK,
  /** Everything stays as it is, for a person to look at. */
  HOLD
}
