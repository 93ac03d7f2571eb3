package dev.fastdeploy.agent.reload.redefine;

/**
 * Says that two releases differ in more than method bodies. The message names the first difference,
 * from the file inwards, in one line.
 */
final class DifferenceException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param what the difference, in words that follow a colon
   */
  DifferenceException(String what) {
    super(what);
  }

  /** Returns the same difference as seen from further out. */
  DifferenceException in(String place) {
    return new DifferenceException(place + ": " + getMessage());
  }
}
