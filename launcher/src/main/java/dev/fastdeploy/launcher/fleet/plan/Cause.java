package dev.fastdeploy.launcher.fleet.plan;

/** The causes for which a member did not reach the commit. Each has an allowance of its own. */
public enum Cause {
  /** The release did not come up or did not stay up. */
  APPLICATION,
  /** The release could not be fetched, verified or laid out. */
  ARTIFACT,
  /** The member did not answer, or stopped answering. */
  UNREACHABLE
}
