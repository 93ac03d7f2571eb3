package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.contract.Setting;
import java.util.Optional;

/**
 * For how long the launcher holds the listening sockets of a service during a reload.
 *
 * @param duration as on its command line; {@link #NOT} for not at all
 * @param preDrain for how long load balancers are warned before, as on its command line
 */
public record Holding(String duration, String preDrain) {

  /** Connections are refused while no process listens. */
  public static final String NOT = "0s";

  /** What the launcher takes when it is told to hold without saying for how long. */
  public static final String USUAL = "10s";

  private static final Optional<Setting> SETTING = Setting.of("hold.connections");

  /** Holds without warning load balancers. */
  public Holding(String duration) {
    this(duration, NOT);
  }

  /** Returns what a way does unless told otherwise. */
  public static Holding of(Way way) {
    return new Holding(way == Way.HELD ? USUAL : NOT);
  }

  /** Returns whether this fastdeploy can hold connections at all. */
  public static boolean possible() {
    return SETTING.isPresent();
  }

  /**
   * Returns the launcher's option; empty for a fastdeploy that holds nothing and has none.
   *
   * @throws IllegalArgumentException if it has none and is to hold something
   */
  Optional<String> option() {
    if (!possible() && !duration.equals(NOT)) {
      throw new IllegalArgumentException("this fastdeploy cannot hold connections");
    }
    return SETTING.map(Setting::option);
  }
}
