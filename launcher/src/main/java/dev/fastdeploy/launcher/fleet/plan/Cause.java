package dev.fastdeploy.launcher.fleet.plan;

/** Why a member did not get to the commit. Each has an allowance of its own. */
public enum Cause {
  /** The release did not come up there, or did not stay up. */
  APPLICATION,
  /** The release could not be fetched, verified or laid out. */
  ARTIFACT,
  /** The member did not answer, or not again. */
  UNREACHABLE
}
