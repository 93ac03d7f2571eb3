package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;

/** Says a line unless it is the one that it said last. The supervisor's thread alone uses it. */
final class LastSaid {

  private String last = "";

  /** Says a line; an empty one is not said. */
  void say(String line) {
    if (!line.isEmpty() && !line.equals(last)) {
      last = line;
      Diagnostics.say(line);
    }
  }
}
