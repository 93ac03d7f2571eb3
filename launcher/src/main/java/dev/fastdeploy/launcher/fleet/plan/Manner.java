package dev.fastdeploy.launcher.fleet.plan;

/**
 * What the planner passes on without a look at it, kept with the plan so that another owner asks as
 * the first one did.
 *
 * @param strategy how services get to run the release; empty for each one's default
 * @param force also where the commit was rolled back before
 * @param gate the command that is asked during bakes; empty for none
 */
public record Manner(String strategy, boolean force, String gate) {

  /** As each instance does by itself, without a gate. */
  public static final Manner USUAL = new Manner("", false, "");
}
