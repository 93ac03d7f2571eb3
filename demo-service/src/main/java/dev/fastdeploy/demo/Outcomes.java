package dev.fastdeploy.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the command prints with {@code --json}: one object a line. */
final class Outcomes {

  private Outcomes() {}

  /**
   * The outcome of each instance that has one.
   *
   * @throws IOException if a line is not a JSON object
   */
  static List<Outcome> read(List<String> lines) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (String line : lines) {
      Map<String, Object> event = object(line);
      if (text(event, "event").equals("outcome")) {
        outcomes.add(
            new Outcome(
                text(event, "target"),
                text(event, "result"),
                text(event, "reason"),
                event.get("exitCode") instanceof Number code ? code.intValue() : null,
                phases(event.get("phases"))));
      }
    }
    return outcomes;
  }

  /**
   * Why the instances would refuse a deploy, by target, as {@code status} tells it; empty for one
   * that would not.
   */
  static Map<String, String> refusals(List<String> lines) throws IOException {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (String line : lines) {
      Map<String, Object> status = object(line);
      refusals.put(
          text(status, "target"), text(status, "deploysRefusedBecause") + text(status, "error"));
    }
    return refusals;
  }

  private static Map<String, Object> object(String line) throws IOException {
    try {
      return JSON.std.mapFrom(line);
    } catch (IOException malformed) {
      throw new IOException("the command printed what is no JSON object: " + line, malformed);
    }
  }

  private static Map<String, Long> phases(@Nullable Object value) {
    Map<String, Long> times = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> phases) {
      phases.entrySet().stream()
          .sorted(Comparator.comparingLong(entry -> ((Number) entry.getValue()).longValue()))
          .forEach(
              entry ->
                  times.put(
                      String.valueOf(entry.getKey()), ((Number) entry.getValue()).longValue()));
    }
    return times;
  }

  private static String text(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }
}
