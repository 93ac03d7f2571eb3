package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request to end the deploy that is under way.
 *
 * @param id the deploy that it is about, or the one that is under way instead; null if none is
 * @param reason one line for a person
 */
public record Cancelling(
    Result result, @Nullable DeployId id, @Nullable Commit commit, String reason) {

  /** The result of the request. The names are those of the control protocol. */
  public enum Result {
    /** The deploy ends with its next step. */
    ENDING,
    /** No such deploy is under way. */
    NOT_UNDER_WAY,
    /** The deploy has activated its release. */
    TOO_LATE
  }

  /** Returns the answer if the deploy ends with its next step. */
  static Cancelling ending(DeployId id, Commit commit) {
    return new Cancelling(
        Result.ENDING,
        id,
        commit,
        "the deploy " + id + " of " + commit + " ends; nothing is activated");
  }

  /** Returns the answer if the deploy has activated its release. */
  static Cancelling tooLate(DeployId id, Commit commit) {
    return new Cancelling(
        Result.TOO_LATE,
        id,
        commit,
        "the deploy "
            + id
            + " has activated "
            + commit
            + " already; wait for its outcome, and roll back if it is proven");
  }

  /**
   * Returns the answer if the requested deploy is not under way, or none is.
   *
   * @param asked the report on the requested deploy; null if none was named
   * @param instead the deploy that is under way; null if none is
   */
  static Cancelling notUnderWay(@Nullable DeployReport asked, @Nullable Plan instead) {
    String reason = "no deploy is under way";
    if (asked != null) {
      reason =
          asked.result() == ReportedResult.UNKNOWN
              ? asked.reason()
              : "the deploy " + asked.id() + " has ended: " + asked.result();
      if (instead != null) {
        reason += "; under way is " + instead.id() + " of " + instead.commit();
      }
    }
    return new Cancelling(
        Result.NOT_UNDER_WAY,
        instead == null ? null : instead.id(),
        instead == null ? null : instead.commit(),
        reason);
  }
}
