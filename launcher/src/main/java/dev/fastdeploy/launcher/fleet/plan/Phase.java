package dev.fastdeploy.launcher.fleet.plan;

/** A part of a deploy, as a person would name it. */
interface Phase {

  /** Does what can be done now; returns the phase that follows, or itself. */
  Phase next();

  /** For those who watch. */
  String name();

  /** Another owner goes on: what was asked of others than members must be asked again. */
  default void takenOver() {}
}
