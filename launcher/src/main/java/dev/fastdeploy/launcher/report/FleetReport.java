package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;

/** Shows the deploy of a fleet while it is carried out. Thread-safe. */
public interface FleetReport {

  /**
   * It begins, or is gone on with.
   *
   * @param epoch its number in the record
   * @param resumes how many other owners had it before
   */
  void begun(int epoch, int resumes, Plan plan);

  /** Something happened. */
  void said(Event event);

  /** A person asked for its end at this terminal. */
  void interrupted(DeployId deploy);

  /** It is over. */
  void ended(Summary summary);

  /** It was over before this command began. */
  void over(int epoch, DeployId deploy, Summary summary);
}
