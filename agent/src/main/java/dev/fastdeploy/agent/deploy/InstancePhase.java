package dev.fastdeploy.agent.deploy;

/** What an instance is about. The names are those of the control protocol. */
public enum InstancePhase {
  /** Not ready yet, or no longer. */
  STARTING,
  /** Serving. */
  READY,
  /** Running a release that is not proven yet. */
  PROBATION,
  /** Fetching a release. */
  STAGING,
  /** No longer ready for it, and serving what still comes. */
  PRE_DRAINING,
  /** Switching to it. */
  ACTIVATING,
  /** Ending its work for it. */
  DRAINING,
  /** Told to stop; nothing is deployed any more. */
  STOPPING
}
