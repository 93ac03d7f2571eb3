package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;

/** Says a line unless it is the same as the last one. */
@SupervisorThread
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
