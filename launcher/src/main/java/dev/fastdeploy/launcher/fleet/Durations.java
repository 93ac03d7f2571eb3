package dev.fastdeploy.launcher.fleet;

import java.time.Duration;

/** Writes durations as users write them. */
final class Durations {

  private Durations() {}

  /**
   * Writes a duration in the largest unit that gives a whole number: {@code 500ms}, {@code 20s},
   * {@code 5m}.
   */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
