package dev.fastdeploy.launcher.fleet.plan;

/**
 * Settings that the planner only passes on, kept with the plan so that another owner asks as the
 * first one did.
 *
 * @param strategy the reload strategy; empty for each member's default
 * @param force whether to deploy also to members that rolled the commit back before
 * @param gate the command that judges bakes; empty without a gate
 */
public record Manner(String strategy, boolean force, String gate) {

  /** Each instance's defaults, without a gate. */
  public static final Manner USUAL = new Manner("", false, "");
}
