package dev.fastdeploy.agent.reload.module.leftovers;

/** A part of the JVM's state as it was when this was created. */
interface Saved {

  /** What it is, for a line that says why it could not be put back. */
  String about();

  /**
   * Puts it back.
   *
   * @param old the generation that may have changed it
   */
  void restore(OldGeneration old) throws InaccessibleException;
}
