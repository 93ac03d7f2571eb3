package dev.fastdeploy.agent.reload.module.leftovers;

import java.time.Duration;
import java.util.List;

/**
 * The rules by which a loader counts as leaked and collections are requested.
 *
 * @param collections number of collections that unload classes it must have outlived
 * @param delay time for which it must have been followed, since a thread may be slow to end
 * @param requests when collections are requested, counted from the reload
 * @param patience time for a requested collection to show
 * @param fresh time for which a look stays valid
 */
record LeakPolicy(
    int collections, Duration delay, List<Duration> requests, Duration patience, Duration fresh) {

  static final LeakPolicy STANDARD =
      new LeakPolicy(
          3,
          Duration.ofSeconds(30),
          List.of(
              Duration.ofSeconds(2),
              Duration.ofSeconds(10),
              Duration.ofSeconds(20),
              Duration.ofSeconds(31)),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2));
}
