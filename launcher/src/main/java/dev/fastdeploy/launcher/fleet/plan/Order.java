package dev.fastdeploy.launcher.fleet.plan;

/**
 * What a person wants of a deploy that is under way. The same order may come several times.
 *
 * @param id of the order
 * @param what is wanted
 * @param gate the number of the gate that is meant, for {@link What#PROMOTE}; else 0
 * @param by whom
 * @param why in a few words
 */
public record Order(String id, What what, int gate, String by, String why) {

  /** What can be wanted. */
  public enum What {
    /** Begin nothing new, finish what is under way, and end. */
    ABORT,
    /** Begin nothing new until told to. */
    PAUSE,
    /** Go on. */
    RESUME,
    /** Take the gate for good. */
    PROMOTE
  }
}
