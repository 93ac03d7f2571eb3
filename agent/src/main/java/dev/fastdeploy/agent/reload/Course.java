package dev.fastdeploy.agent.reload;

/** The fate of the service's process in a reload. */
public enum Course {

  /** It ends, and the launcher starts the next one and judges the release. */
  PROCESS_ENDS,

  /** It continues with the other release, which the agent judges; see {@link InPlaceReload}. */
  IN_PLACE
}
