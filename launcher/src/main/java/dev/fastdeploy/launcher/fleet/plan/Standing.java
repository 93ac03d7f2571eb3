package dev.fastdeploy.launcher.fleet.plan;

/** How a member says that this deploy stands there. */
public enum Standing {
  /** It has no record of the deploy. */
  NONE,
  /** The release is being staged. */
  STAGING,
  /** The release lies in the home. */
  STAGED,
  /** The release is being activated or is on probation. */
  ACTIVATING,
  /** The release is proven. */
  PROVEN,
  /** The release did not come up and the member returned to the one before. */
  ROLLED_BACK,
  /** The last ask failed and changed nothing. */
  FAILED
}
