package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request to end what is under way.
 *
 * @param id what it is about, or what is under way instead; nothing if nothing is
 * @param reason one line for a person
 */
public record Cancelling(
    Result result, @Nullable DeployId id, @Nullable Commit commit, String reason) {

  /** What becomes of it. The names are those of the control protocol. */
  public enum Result {
    /** It ends with its next step. */
    ENDING,
    /** No such deploy is under way. */
    NOT_UNDER_WAY,
    /** It has activated its release. */
    TOO_LATE
  }

  /** It ends with its next step. */
  static Cancelling ending(DeployId id, Commit commit) {
    return new Cancelling(
        Result.ENDING,
        id,
        commit,
        "the deploy " + id + " of " + commit + " ends; nothing is activated");
  }

  /** It has activated its release. */
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
   * The deploy that was asked for is not under way, or none is.
   *
   * @param asked how the deploy stands that was asked for; null if none was
   * @param instead what is under way; null if nothing is
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
