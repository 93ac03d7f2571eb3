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
}
