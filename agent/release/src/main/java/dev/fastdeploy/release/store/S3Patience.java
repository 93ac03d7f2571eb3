package dev.fastdeploy.release.store;

import java.time.Duration;

/**
 * The limits on the time that a request to S3 takes.
 *
 * @param connect time to connect
 * @param read time between two packets, and for a minimum of progress
 * @param attempts how often a request is tried, also when the service asks to slow down
 */
record S3Patience(Duration connect, Duration read, int attempts) {

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 4;

  /**
   * Returns the patience with the transfer of a release.
   *
   * @param silence how long a transfer may make almost no progress
   */
  static S3Patience of(Duration silence) {
    Duration connect = LONGEST_CONNECT.compareTo(silence) < 0 ? LONGEST_CONNECT : silence;
    return new S3Patience(connect, silence, ATTEMPTS);
  }
}
