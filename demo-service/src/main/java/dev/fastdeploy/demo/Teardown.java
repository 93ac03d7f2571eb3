package dev.fastdeploy.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The end of the demo: how its processes ended and what was left.
 *
 * @param exitCodes the exit codes of the launchers after they were told to stop
 * @param processesLeft the number of processes that outlived all launchers and the S3 server
 * @param directoryLeft whether the demo's directory is still there
 */
record Teardown(List<Integer> exitCodes, int processesLeft, boolean directoryLeft) {

  Teardown {
    exitCodes = List.copyOf(exitCodes);
  }

  /** Returns what was not as it must be, one line each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < exitCodes.size(); i++) {
      if (exitCodes.get(i) != 0) {
        problems.add(
            "the launcher of instance-"
                + (i + 1)
                + " ended with "
                + exitCodes.get(i)
                + " when it was told to stop");
      }
    }
    if (processesLeft > 0) {
      problems.add(processesLeft + " processes lived on after they were told to stop");
    }
    if (directoryLeft) {
      problems.add("the demo's directory could not be deleted");
    }
    return problems;
  }
}
