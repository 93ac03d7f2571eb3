package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Text;

/** Why a person does something, as the record of an environment keeps it. */
final class Reason {

  private static final int LONGEST = 500;

  private Reason() {}

  /** What was said, as far as it fits. */
  static String of(String said) {
    return Text.shortened(said, LONGEST);
  }
}
