package dev.fastdeploy.contract;

/** The ways in which a deploy that was begun ends on one instance. */
public enum DeployResult {
  /** The release became ready and stayed so. */
  PROVEN,
  /** The release did not come up, and the previous one was started again. */
  ROLLED_BACK,
  /** The deploy ended before anything was activated. */
  FAILED
}
