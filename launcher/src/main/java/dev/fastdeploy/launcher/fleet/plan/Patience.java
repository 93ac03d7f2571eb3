package dev.fastdeploy.launcher.fleet.plan;

import java.time.Duration;

/**
 * The times that a deploy waits.
 *
 * @param check time for a member or a source to answer at all, or again
 * @param stage time for a member to stage the release
 * @param activate time for a member to run and prove a release, or to go back
 * @param silence time after which a silent member is asked for its status
 * @param progress time without a new maximum of proven members after which the deploy fails
 * @param gate time for a gate to say good
 * @param gatePause time between two questions to a gate
 * @param pause how long a pause may last; zero for no limit
 * @param tail time for the rest once enough members are proven
 * @param sweep time between two questions to the sources
 * @param lease time within which a segment must appear in the journal
 */
public record Patience(
    Duration check,
    Duration stage,
    Duration activate,
    Duration silence,
    Duration progress,
    Duration gate,
    Duration gatePause,
    Duration pause,
    Duration tail,
    Duration sweep,
    Duration lease) {

  /**
   * Returns the time for a member whose connection was lost before its turn. Its process may be
   * starting again, which takes as long as after an activation.
   */
  Duration back() {
    return check.compareTo(activate) > 0 ? check : activate;
  }

  /** The defaults. */
  public static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofSeconds(10),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(45));
}
