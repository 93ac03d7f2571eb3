package dev.fastdeploy.benchmarks.fleet;

import java.util.Locale;

/** The behaviour of an instance when a release is activated. */
enum Behaviour {
  /** It comes back and is proven. */
  SOUND,
  /** Its process ends and does not come back. */
  DEAD,
  /** It comes back and takes connections, and says nothing on them. */
  HUNG,
  /** It comes back late, and is proven. */
  SLOW,
  /** It comes up and fails again and again, until its launcher goes back to the old release. */
  FLAPPING;

  /** Of so many instances one in forty has each fault. */
  private static final int ONE_IN = 40;

  /** The behaviour of an instance by its number, in a fleet of which a tenth has faults. */
  static Behaviour ofNumber(int number) {
    return switch (number % ONE_IN) {
      case 7 -> DEAD;
      case 17 -> HUNG;
      case 27 -> SLOW;
      case 37 -> FLAPPING;
      default -> SOUND;
    };
  }

  /** Returns whether the release ends up proven there. */
  boolean isProvenInTheEnd() {
    return this == SOUND || this == SLOW;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
