package dev.fastdeploy.agent.reload;

/** What becomes of the service's process in a reload. */
public enum Course {

  /** It ends, and the launcher starts the next one and judges the release. */
  PROCESS_ENDS,

  /** It goes on with the other release, which the agent judges; see {@link InPlaceReload}. */
  IN_PLACE
}
