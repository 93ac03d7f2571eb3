package dev.fastdeploy.launcher.fleet;

/**
 * What an instance answered to the request to end what is under way.
 *
 * @param target where it was asked
 * @param result what becomes of it
 * @param deploy what it is about; empty if nothing is under way
 * @param commit what that deploys; may be empty
 * @param reason one line for a person
 */
public record Cancelled(String target, Result result, String deploy, String commit, String reason) {

  /** What an instance can answer. */
  public enum Result {
    /** It ends, or has ended, and nothing was activated. */
    CANCELLED,
    /** No such deploy is under way. */
    NOT_UNDER_WAY,
    /** The release is activated already. */
    TOO_LATE,
    /** The instance answered, and will not do it. */
    FAILED,
    /** The instance did not answer. */
    UNREACHABLE
  }
}
