package dev.fastdeploy.launcher.fleet.plan;

/** A part of a deploy, as a person would name it. */
interface Phase {

  /** Does what can be done now, and returns the next phase or itself. */
  Phase next();

  /** Returns the name that is shown to those who watch. */
  String name();

  /**
   * Notes that another owner continues: whatever was asked of anyone but members must be asked
   * again.
   */
  default void takenOver() {}
}
