package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.List;

/** Knows one kind of thing that an application leaves in a JVM. */
interface Step {

  /** What it is about, for a line that says why it could not be taken: "the JDBC drivers". */
  String about();

  /**
   * What the generation left of this kind. Changes nothing, and initialises no class of the JDK:
   * where the class that holds such things is not initialised, there are none.
   */
  List<Leftover> find(OldGeneration old) throws InaccessibleException;

  /** How much of the time that is left this step may wait for what it ended, from 0 to 1. */
  default double patience() {
    return 1;
  }
}
