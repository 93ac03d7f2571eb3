package dev.fastdeploy.launcher.fleet.plan;

/** The reaction to a failed deploy. */
public enum OnFailure {
  /** Moved members are brought back. */
  ROLLBACK,
  /** Everything stays as it is, for a person to look at. */
  HOLD
}
