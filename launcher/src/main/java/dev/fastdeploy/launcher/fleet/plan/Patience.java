package dev.fastdeploy.launcher.fleet.plan;

import java.time.Duration;

/**
 * How long each thing is waited for.
 *
 * @param check for a member or a source to answer at all, or again
 * @param stage for a member to stage the release
 * @param activate for a member to run and prove a release, or to go back
 * @param silence of a member that was asked, before it is asked how it stands
 * @param progress without one more proven member than there ever were
 * @param gate for a gate to say good
 * @param gatePause between two questions to a gate
 * @param pause until somebody resumes it; zero for as long as it takes
 * @param tail for the rest, when as many as were asked for are proven
 * @param sweep between two questions to the sources
 * @param lease within which a segment must appear in the journal
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
   * For a member whose connection was lost before its turn. Its process may be starting again,
   * which takes as long as after an activation.
   */
  Duration back() {
    return check.compareTo(activate) > 0 ? check : activate;
  }

  /** What suits most. */
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
