package dev.fastdeploy.agent.reload.module.leftovers;

/** A part of the JVM's state, as it was when this was created. */
interface Saved {

  /** Returns its name, for a line that says why it could not be restored. */
  String about();

  /**
   * Restores it.
   *
   * @param old the generation that may have changed it
   */
  void restore(OldGeneration old) throws InaccessibleException;
}
