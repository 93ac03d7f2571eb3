package dev.fastdeploy.benchmarks.suite;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One run of one benchmark with one set of parameters.
 *
 * @param name the benchmark's name in results
 * @param type the benchmark's class
 * @param method the benchmark's method
 * @param parameters by name; others keep their defaults
 * @param warmups invocations that are not counted
 * @param invocations that are counted
 */
record PlannedRun(
    String name,
    Class<?> type,
    String method,
    SortedMap<String, String> parameters,
    int warmups,
    int invocations) {

  /** The name of the method in benchmarks that have only one. */
  static final String ONLY_METHOD = "reload";

  PlannedRun {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  static PlannedRun of(
      String name, Class<?> type, String method, int invocations, Map<String, String> parameters) {
    return new PlannedRun(name, type, method, new TreeMap<>(parameters), 0, invocations);
  }

  /** Returns the same run with warm-up invocations, which are not counted. */
  PlannedRun warmed(int count) {
    return new PlannedRun(name, type, method, parameters, count, invocations);
  }

  /**
   * Returns the title for people: the name, the method if there are several, and the parameters.
   */
  String title() {
    return name
        + (method.equals(ONLY_METHOD) ? "" : " " + method)
        + parameters.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining(" ", " ", ""));
  }
}
