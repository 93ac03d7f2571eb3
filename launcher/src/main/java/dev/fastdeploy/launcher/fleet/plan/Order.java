package dev.fastdeploy.launcher.fleet.plan;

/**
 * A person's order to a deploy that is under way. The same order may come several times.
 *
 * @param id the order's id
 * @param what what is wanted
 * @param gate the number of the gate to pass, for {@link What#PROMOTE}; else 0
 * @param by the person who gave it
 * @param why the reason in a few words; may be empty
 */
public record Order(String id, What what, int gate, String by, String why) {

  /** The kinds of orders. */
  public enum What {
    /** Start nothing new, finish what is under way, and end. */
    ABORT,
    /** Start nothing new until resumed. */
    PAUSE,
    /** Go on. */
    RESUME,
    /** Pass the gate. */
    PROMOTE
  }
}
