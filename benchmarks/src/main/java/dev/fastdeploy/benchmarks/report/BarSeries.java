package dev.fastdeploy.benchmarks.report;

import java.util.Map;

/**
 * The bars of one colour.
 *
 * @param name stands in the legend
 * @param bars by the name of their group; a group without one stays empty
 */
public record BarSeries(String name, Map<String, Spread> bars) {

  /** Copies the map. */
  public BarSeries {
    bars = Map.copyOf(bars);
  }
}
