package dev.fastdeploy.contract;

/** How a deploy that was begun ended on one instance. */
public enum DeployResult {
  /** The release became ready and stayed so. */
  PROVEN,
  /** The release did not come up, and the one before was started again. */
  ROLLED_BACK,
  /** It ended before anything was activated. */
  FAILED
}
