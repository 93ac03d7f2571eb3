package dev.fastdeploy.launcher.fleet.plan;

/**
 * The limits on how many members may be changing and how many must stay in service. It follows the
 * living members: when the fleet grows or shrinks, so do the percentages.
 *
 * @param maxUnavailable members that may be changing at a time; a percentage means at least one
 * @param minReady members that must stay in service; those that are down already do not count. A
 *     percentage leaves at least one to change
 * @param staging members that may be fetching the release at a time
 */
public record Window(Share maxUnavailable, Share minReady, int staging) {

  /**
   * @throws IllegalArgumentException if no member could ever change
   */
  public Window {
    if (maxUnavailable.amount() == 0) {
      throw new IllegalArgumentException(
          "'" + maxUnavailable + "' lets no instance change; give at least 1");
    }
    if (staging < 1) {
      throw new IllegalArgumentException(
          "'" + staging + "' lets no instance stage; give at least 1");
    }
  }

  /** Returns how many of a fleet may be changing. */
  int size(int living) {
    return Math.max(1, maxUnavailable.atMost(living));
  }

  /** Returns how many of a fleet must be in service. */
  int floor(int living) {
    int floor = minReady.atLeast(living);
    return minReady.ofFleet() ? Math.max(0, Math.min(floor, living - 1)) : floor;
  }
}
