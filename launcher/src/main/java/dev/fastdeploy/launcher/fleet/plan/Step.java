package dev.fastdeploy.launcher.fleet.plan;

/** The progress of a request on a member, for those who watch. */
public enum Step {
  /** The member has accepted the request. */
  ACCEPTED,
  /** It is fetching the release. */
  STAGING,
  /** It says that it is not ready, but still serves. */
  PRE_DRAINING,
  /** The release is current. */
  ACTIVATED,
  /** In-flight work is being finished. */
  DRAINING,
  /** The release is being started. */
  RELOADING,
  /** The release must become ready and stay ready. */
  ON_PROBATION
}
