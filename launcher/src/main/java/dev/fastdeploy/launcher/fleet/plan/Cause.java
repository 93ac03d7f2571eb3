package dev.fastdeploy.launcher.fleet.plan;

/** The causes for which a member did not reach the commit. Each has an allowance of its own. */
public enum Cause {
  /** The release did not come up, did not stay up, or the member refused to start it. */
  APPLICATION,
  /** The release could not be fetched, verified or laid out, or the home not be written to. */
  ARTIFACT,
  /** The member did not answer, or stopped answering. */
  UNREACHABLE
}
