package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import dev.fastdeploy.launcher.fleet.plan.Share;
import dev.fastdeploy.launcher.fleet.plan.Waves;
import dev.fastdeploy.launcher.fleet.plan.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * In which portions a fleet changes, as the planner knows it.
 *
 * @param waves without a gate
 * @param window how many may be changing
 */
public record Pace(Waves waves, Window window) {

  /** As many as fetch the release at a time, unless the command is told otherwise. */
  private static final int STAGING = 200;

  /** The whole fleet at once. */
  public static final Pace ALL_AT_ONCE = window("100%", "0");

  /** The pace that the documents recommend to begin with. */
  public static final Pace RECOMMENDED = window("10%", "85%");

  /**
   * @throws IllegalArgumentException if there is a gate, which nobody answers here
   */
  public Pace {
    if (waves.gated()) {
      throw new IllegalArgumentException("nobody answers a gate in the simulation: " + waves);
    }
  }

  /**
   * One wave.
   *
   * @param maxUnavailable how many may change at a time, as users write it
   * @param minReady how many must stay in service
   * @throws IllegalArgumentException if one of them is neither a number nor a percentage
   */
  public static Pace window(String maxUnavailable, String minReady) {
    return new Pace(
        Waves.ONE, new Window(Share.parse(maxUnavailable), Share.parse(minReady), STAGING));
  }

  /**
   * The same in waves.
   *
   * @param canary how many go first
   * @param bake how long each wave is looked at
   * @param steps how much of the fleet is moved after each wave
   */
  public Pace inWaves(String canary, Duration bake, String... steps) {
    List<Share> shares = new ArrayList<>();
    for (String step : steps) {
      shares.add(Share.parse(step));
    }
    return new Pace(new Waves(Share.parse(canary), shares, bake, false, List.of()), window);
  }

  /** The same with nobody looking at a wave. */
  public Pace withoutBake() {
    return new Pace(
        new Waves(waves.canary(), waves.steps(), Duration.ZERO, false, waves.zones()), window);
  }

  /** Returns how many may fetch the release at a time. */
  public int staging() {
    return window.staging();
  }

  /** In words: {@code 10 % at a time}. */
  public String text() {
    Share most = window.maxUnavailable();
    return most.equals(Share.ALL) ? "all at once" : words(most) + " at a time";
  }

  /** As users write it: {@code --max-unavailable 10% --min-ready 85%}. */
  public String options() {
    StringBuilder options = new StringBuilder();
    if (!waves.canary().equals(Share.NONE)) {
      options.append("--canary ").append(waves.canary()).append(' ');
    }
    if (!waves.steps().equals(Waves.ONE.steps())) {
      options
          .append("--waves ")
          .append(waves.steps().stream().map(Share::toString).collect(Collectors.joining(",")))
          .append(' ');
    }
    options.append("--max-unavailable ").append(window.maxUnavailable());
    if (window.minReady().amount() > 0) {
      options.append(" --min-ready ").append(window.minReady());
    }
    if (!waves.bake().isZero()) {
      options.append(" --bake ").append(waves.bake().toSeconds()).append('s');
    }
    return options.toString();
  }

  private static String words(Share share) {
    return share.toString().replace("%", " %");
  }
}
