package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How an epoch begins, which is the lock of the environment: who has it, and for what.
 *
 * @param owner unique for each process that ever owned an epoch
 * @param by the person or the pipeline, as far as it is known
 * @param why in a few words; empty if nobody said
 * @param at when, by the owner's clock; for people
 * @param deploy which deploy; none for a lock that a person holds
 * @param plan of the deploy; none for such a lock
 * @param until when such a lock ends by itself; none if it does not
 * @param resumes how often other owners have gone on with the deploy before
 * @param before how the environment was before this epoch
 */
public record Beginning(
    String owner,
    String by,
    String why,
    Instant at,
    @Nullable DeployId deploy,
    @Nullable Plan plan,
    @Nullable Instant until,
    int resumes,
    Known before) {

  /** Whether a person holds the environment, and nothing is deployed. */
  public boolean isLock() {
    return plan == null;
  }

  /** What an owner says of itself, for messages. */
  public String holder() {
    String what = deploy == null ? "a lock" : "the deploy '" + deploy + "'";
    return what
        + " of "
        + (by.isEmpty() ? "somebody" : by)
        + " since "
        + at.truncatedTo(ChronoUnit.SECONDS)
        + (until == null ? "" : " until " + until.truncatedTo(ChronoUnit.SECONDS))
        + (why.isEmpty() ? "" : " (" + why + ")");
  }
}
