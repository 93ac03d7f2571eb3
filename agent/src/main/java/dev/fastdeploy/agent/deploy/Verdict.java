package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.DeployResult;

/** How a request stands. The names are those of the control protocol. */
public enum Verdict {
  /** This instance has no record of it. */
  UNKNOWN,
  /** Under way: not proven, not given up. */
  PENDING,
  /** The release became ready and stayed so. */
  PROVEN,
  /** The release did not come up, and the one before was started again. */
  ROLLED_BACK,
  /** It ended before anything was activated. */
  FAILED,
  /** It was not begun. */
  REFUSED,
  /** A release was staged, which was all that was asked. */
  STAGED;

  /** The verdict of a deploy's durable result. */
  static Verdict of(DeployResult result) {
    return switch (result) {
      case PROVEN -> PROVEN;
      case ROLLED_BACK -> ROLLED_BACK;
      case FAILED -> FAILED;
    };
  }
}
