package dev.fastdeploy.agent.reload.redefine;

/**
 * Two releases differ in more than method bodies. The message names the first difference, from the
 * file inwards, in one line.
 */
final class DifferenceException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param what what differs, in words that go on after a colon
   */
  DifferenceException(String what) {
    super(what);
  }

  /** The same difference seen from further out. */
  DifferenceException in(String place) {
    return new DifferenceException(place + ": " + getMessage());
  }
}
