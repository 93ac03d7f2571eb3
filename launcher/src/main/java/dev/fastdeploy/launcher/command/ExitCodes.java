package dev.fastdeploy.launcher.command;

/** How a command ends. */
final class ExitCodes {

  /** All is as it was asked for. */
  static final int DONE = 0;

  /** The command was not understood, or nothing was reached: nothing has changed. */
  static final int NOTHING_DONE = 1;

  /** Some instances failed or were rolled back. */
  static final int SOME_FAILED = 2;

  private ExitCodes() {}
}
