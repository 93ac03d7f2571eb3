package dev.fastdeploy.agent.deploy;

/**
 * The state of an instance as its agent sees it and tells it in its status, in the words of the
 * protocol. The launcher tells the platform another, see the glossary.
 */
public enum InstanceState {
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
