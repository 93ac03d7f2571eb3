package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.List;

/** Handles one kind of thing that an application leaves in a JVM. */
interface Step {

  /** Returns its subject, for a line that says why it could not run: "the JDBC drivers". */
  String about();

  /**
   * Returns what the generation left of this kind. Changes nothing, and initialises no class of the
   * JDK: if the class that holds such things is not initialised, there are none.
   */
  List<Leftover> find(OldGeneration old) throws InaccessibleException;

  /** Returns the share of the time left, from 0 to 1, that this step may wait for what it ended. */
  default double patience() {
    return 1;
  }
}
