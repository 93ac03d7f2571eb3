package dev.fastdeploy.launcher.fleet.carrier;

import dev.fastdeploy.contract.DeployId;

/**
 * The deploy ids that instances see. Each attempt of a fleet deploy is a deploy of its own there,
 * so that what is asked twice is done once. Immutable.
 */
final class AttemptIds {

  /** The part of an id's 64 characters that is left beside an attempt's number. */
  static final int LONGEST = 56;

  private final String prefix;

  /**
   * @throws IllegalArgumentException if the id leaves no room for the number of an attempt
   */
  AttemptIds(DeployId deploy) {
    if (deploy.id().length() > LONGEST) {
      throw new IllegalArgumentException(
          "--deploy-id '"
              + deploy
              + "' is too long for a fleet: it has at most "
              + LONGEST
              + " characters, because each attempt adds its number");
    }
    this.prefix = deploy.id() + ".";
  }

  String of(int attempt) {
    return prefix + attempt;
  }

  /** Returns the number of the attempt with an id, or 0 if the id belongs to another deploy. */
  int attempt(String id) {
    if (!id.startsWith(prefix)) {
      return 0;
    }
    try {
      return Math.max(0, Integer.parseInt(id.substring(prefix.length())));
    } catch (NumberFormatException another) {
      return 0;
    }
  }
}
