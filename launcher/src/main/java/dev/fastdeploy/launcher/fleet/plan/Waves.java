package dev.fastdeploy.launcher.fleet.plan;

import java.time.Duration;
import java.util.List;

/**
 * The order and portions in which the fleet moves.
 *
 * @param canary members that go first and none of which may fail; {@link Share#NONE} without a
 *     canary
 * @param steps how much of the fleet has moved after each wave, rising; the last is all
 * @param bake how long each wave is watched before the next
 * @param gated whether a gate is asked during the bake
 * @param zones the zones in their order; zones that are not named follow, by name
 */
public record Waves(
    Share canary, List<Share> steps, Duration bake, boolean gated, List<String> zones) {

  /** All in one wave, within the window. */
  public static final Waves ONE =
      new Waves(Share.NONE, List.of(Share.ALL), Duration.ZERO, false, List.of());

  /**
   * @throws IllegalArgumentException if the last wave is not the whole fleet
   */
  public Waves {
    steps = List.copyOf(steps);
    zones = List.copyOf(zones);
    if (steps.isEmpty() || !steps.get(steps.size() - 1).equals(Share.ALL)) {
      throw new IllegalArgumentException(
          "the waves '" + steps + "' leave out a part of the fleet; the last one must be 100%");
    }
  }

  /** Returns the number of waves, including the canary. */
  public int count() {
    return steps.size() + (hasCanary() ? 1 : 0);
  }

  /** Returns whether a wave, counted from 0, is the canary. */
  public boolean isCanary(int wave) {
    return hasCanary() && wave == 0;
  }

  boolean isLast(int wave) {
    return wave == count() - 1;
  }

  /** Returns how many of the living members have moved when a wave, counted from 0, is over. */
  public int goal(int wave, int living) {
    Share share = isCanary(wave) ? canary : steps.get(hasCanary() ? wave - 1 : wave);
    return Math.min(living, Math.max(1, share.atLeast(living)));
  }

  private boolean hasCanary() {
    return canary.amount() > 0;
  }
}
