package dev.fastdeploy.benchmarks.sample;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The measurements of one invocation of a benchmark.
 *
 * @param benchmark its name
 * @param parameters by name
 * @param number of the invocation within its run, from 1
 * @param figures those that were measured
 * @param refusal why the way did not do what it was asked for; empty if it did
 * @param failure why the invocation failed, in one line; empty if it did not
 * @param note what a reader should know besides; empty for nothing
 */
public record Sample(
    String benchmark,
    SortedMap<String, String> parameters,
    int number,
    Map<Figure, Double> figures,
    String refusal,
    String failure,
    String note) {

  public Sample {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    Map<Figure, Double> copy = new EnumMap<>(Figure.class);
    copy.putAll(figures);
    figures = Collections.unmodifiableMap(copy);
  }

  /** The value of a parameter; empty if there is none. */
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** A figure, if it was measured. */
  public OptionalDouble figure(Figure figure) {
    Double value = figures.get(figure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Returns whether it did what it was asked for. */
  public boolean succeeded() {
    return refusal.isEmpty() && failure.isEmpty();
  }
}
