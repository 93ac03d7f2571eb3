package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.DeployId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Makes the ids of deploys that the user did not name. */
final class DeployIds {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_LENGTH = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private DeployIds() {}

  /**
   * Returns an id like {@code d-20260102T030405-k3x9qa}. Ids sort by time, and those of two
   * pipelines do not collide.
   */
  static DeployId fresh(Clock clock) {
    StringBuilder id = new StringBuilder("d-").append(TIME.format(clock.instant())).append('-');
    RANDOM
        .ints(RANDOM_LENGTH, 0, LETTERS.length())
        .forEach(letter -> id.append(LETTERS.charAt(letter)));
    return new DeployId(id.toString());
  }
}
