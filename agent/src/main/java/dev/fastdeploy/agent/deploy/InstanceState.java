package dev.fastdeploy.agent.deploy;

/**
 * The state of an instance as its agent sees it and reports it in its status, in the words of the
 * protocol. The launcher reports a different state to the platform; see the glossary.
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
  /** No longer ready because of the deploy, and serving the requests that still come. */
  PRE_DRAINING,
  /** Switching to the new release. */
  ACTIVATING,
  /** Ending its work for the deploy. */
  DRAINING,
  /** Told to stop; nothing is deployed any more. */
  STOPPING
}
