package dev.fastdeploy.agent.reload.module.leftovers;

import java.time.Duration;
import java.util.List;

/**
 * When a loader counts as leaked, and how the collector is asked.
 *
 * @param collections how many collections that unload classes it must have outlived
 * @param delay how long it must have been followed: a thread may take its time to end
 * @param requests when collections are asked for, counted from the reload
 * @param patience how long an asked collection may take to show
 * @param fresh for how long a look is good enough
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
