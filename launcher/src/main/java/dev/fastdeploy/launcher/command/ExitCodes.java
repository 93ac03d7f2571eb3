package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Ending;

/** The exit codes of the commands. Those of a fleet deploy are in {@link Ending}. */
final class ExitCodes {

  /** Everything was done as asked. */
  static final int DONE = 0;

  /** The command was not understood, or no instance was reached. Nothing has changed. */
  static final int NOTHING_DONE = 1;

  /** Some instances failed or were rolled back. */
  static final int SOME_FAILED = 2;

  /** Somebody else holds the environment. */
  static final int HELD = Ending.SUPERSEDED.exitCode();

  /** The release is not in the store. */
  static final int ARTIFACT = Ending.ARTIFACT.exitCode();

  private ExitCodes() {}
}
