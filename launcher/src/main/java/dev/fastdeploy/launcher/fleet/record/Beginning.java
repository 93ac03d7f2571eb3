package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an epoch, which is the lock of the environment: who holds it, and what for.
 *
 * @param owner unique for each process that ever owned an epoch
 * @param by the person or pipeline, as far as known
 * @param why the reason in a few words; empty if none was given
 * @param at when it began, by the owner's clock; for people
 * @param deploy the deploy's id; null for a lock that a person holds
 * @param plan the deploy's plan; null for such a lock
 * @param until when such a lock ends by itself; null if it does not
 * @param resumes how often other owners have continued the deploy before
 * @param before the state of the environment before this epoch
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

  /** Returns whether a person holds the environment and nothing is deployed. */
  public boolean isLock() {
    return plan == null;
  }

  /** Describes the owner, for messages. */
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
