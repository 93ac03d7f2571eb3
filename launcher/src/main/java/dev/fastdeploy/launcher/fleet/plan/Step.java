package dev.fastdeploy.launcher.fleet.plan;

/** How far an ask has come on a member; for those who watch. */
public enum Step {
  /** The member has taken the ask. */
  ACCEPTED,
  /** It fetches the release. */
  STAGING,
  /** It says that it is not ready, and serves on. */
  PRE_DRAINING,
  /** The release is current. */
  ACTIVATED,
  /** In-flight work ends. */
  DRAINING,
  /** The release is being started. */
  RELOADING,
  /** The release must become ready and stay so. */
  ON_PROBATION
}
