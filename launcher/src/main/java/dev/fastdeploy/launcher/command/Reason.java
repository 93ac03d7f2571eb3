package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Text;

/** The reason that a person gives, as the record of an environment keeps it. */
final class Reason {

  private static final int LONGEST = 500;

  private Reason() {}

  /** Returns what was said, shortened if it is too long. */
  static String of(String said) {
    return Text.shortened(said, LONGEST);
  }
}
