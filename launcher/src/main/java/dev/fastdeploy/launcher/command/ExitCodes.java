package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Ending;

/** How a command ends; a fleet deploy ends as {@link Ending} says. */
final class ExitCodes {

  /** All is as it was asked for. */
  static final int DONE = 0;

  /** The command was not understood, or nothing was reached: nothing has changed. */
  static final int NOTHING_DONE = 1;

  /** Some instances failed or were rolled back. */
  static final int SOME_FAILED = 2;

  /** Somebody else holds the environment. */
  static final int HELD = Ending.SUPERSEDED.exitCode();

  /** The release is not in the store. */
  static final int ARTIFACT = Ending.ARTIFACT.exitCode();

  private ExitCodes() {}
}
