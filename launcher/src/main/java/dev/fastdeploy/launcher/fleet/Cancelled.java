package dev.fastdeploy.launcher.fleet;

/**
 * An instance's answer to the request to cancel what is under way.
 *
 * @param target the address that was asked
 * @param result what happens to the deploy
 * @param deploy the deploy's id; empty if none is under way
 * @param commit the commit being deployed; may be empty
 * @param reason one line for a person
 */
public record Cancelled(String target, Result result, String deploy, String commit, String reason) {

  /** The possible answers. */
  public enum Result {
    /** The deploy is ending or has ended, and nothing was activated. */
    CANCELLED,
    /** No such deploy is under way. */
    NOT_UNDER_WAY,
    /** The release is activated already. */
    TOO_LATE,
    /** The instance answered and refuses to do it. */
    FAILED,
    /** The instance did not answer. */
    UNREACHABLE
  }
}
