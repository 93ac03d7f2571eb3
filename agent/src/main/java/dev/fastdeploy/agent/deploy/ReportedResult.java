package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.DeployResult;

/** The result of a request so far, as the instance reports it, in the words of the protocol. */
public enum ReportedResult {
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
  /** The release was staged, which was all that was asked for. */
  STAGED;

  /** Returns the result of a deploy that the home remembers. */
  static ReportedResult of(DeployResult result) {
    return switch (result) {
      case PROVEN -> PROVEN;
      case ROLLED_BACK -> ROLLED_BACK;
      case FAILED -> FAILED;
    };
  }
}
