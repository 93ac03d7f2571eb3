package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;

/** Reports the deploy of a fleet while it runs. Thread-safe. */
public interface FleetReport {

  /**
   * The deploy begins, or is continued.
   *
   * @param epoch its number in the record
   * @param resumes how many other owners had it before
   */
  void begun(int epoch, int resumes, Plan plan);

  /** Something happened in the deploy. */
  void said(Event event);

  /** A person asked for its end at this terminal. */
  void interrupted(DeployId deploy);

  /** The deploy has ended. */
  void ended(Summary summary);

  /** The deploy had ended before this command began. */
  void over(int epoch, DeployId deploy, Summary summary);
}
