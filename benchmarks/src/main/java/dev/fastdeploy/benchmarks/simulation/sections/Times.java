package dev.fastdeploy.benchmarks.simulation.sections;

import java.time.Duration;

/** Writes how long something takes, to the second. */
final class Times {

  private Times() {}

  /** Such as {@code 42 s}, {@code 1 min 20 s} or {@code 1 h 23 min}. */
  static String text(Duration duration) {
    long seconds = duration.plusMillis(500).toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /** A difference, with its sign: {@code −1 min 20 s}. */
  static String difference(Duration before, Duration after) {
    Duration difference = after.minus(before);
    String text = text(difference.abs());
    return text.equals("0 s") ? "0 s" : (difference.isNegative() ? "−" : "+") + text;
  }
}
