package dev.fastdeploy.benchmarks.sample;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Collects what one invocation measures. Not thread-safe. */
public final class SampleBuilder {

  private final String benchmark;
  private final Map<String, String> parameters = new TreeMap<>();
  private final int number;
  private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
  private String refusal = "";
  private String failure = "";
  private String note = "";

  /**
   * @param number of the invocation within its run, from 1
   */
  public SampleBuilder(String benchmark, int number) {
    this.benchmark = benchmark;
    this.number = number;
  }

  /** Says with what it was run. */
  public SampleBuilder with(String parameter, Object value) {
    parameters.put(parameter, value.toString());
    return this;
  }

  /** Something was measured. */
  public SampleBuilder measured(Figure figure, double value) {
    figures.put(figure, value);
    return this;
  }

  /** A span was measured. */
  public SampleBuilder measuredNanos(Figure figure, long nanos) {
    return measured(figure, nanos / 1e6);
  }

  /** It was refused. */
  public SampleBuilder refused(String reason) {
    refusal = line(reason);
    return this;
  }

  /** It failed. */
  public SampleBuilder failed(String reason) {
    failure = line(reason);
    return this;
  }

  /** There is something to know; empty texts are none. */
  public SampleBuilder noted(String what) {
    if (!what.isEmpty()) {
      note = note.isEmpty() ? line(what) : note + "; " + line(what);
    }
    return this;
  }

  private static String line(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").strip();
  }

  /** Returns the sample. */
  public Sample build() {
    return new Sample(
        benchmark, new TreeMap<>(parameters), number, figures, refusal, failure, note);
  }
}
