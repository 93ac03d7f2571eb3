package dev.fastdeploy.launcher.fleet.plan;

/** The progress of this deploy on a member, by the member's own word. */
public enum DeployStanding {
  /** It has no record of the deploy. */
  NONE,
  /** The release is being staged. */
  STAGING,
  /** The release is in the home. */
  STAGED,
  /** The release is being activated or is on probation. */
  ACTIVATING,
  /** The release is proven. */
  PROVEN,
  /** The release did not come up and the member returned to the one before. */
  ROLLED_BACK,
  /** The last request failed and changed nothing. */
  FAILED
}
