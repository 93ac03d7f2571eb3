package dev.fastdeploy.launcher.fleet.plan;

/** A part of a fleet's deploy, as a person would name it. */
interface FleetPhase {

  /** Does what can be done now, and returns the next phase or itself. */
  FleetPhase next();

  /** Returns the name that is shown to those who watch. */
  String name();

  /**
   * Notes that another owner continues: whatever was asked of anyone but members must be asked
   * again.
   */
  default void takenOver() {}
}
