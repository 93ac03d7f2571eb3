package dev.fastdeploy.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance's own record, whatever a command says.
 *
 * @param running the commit
 * @param startedMillis the start of the process that runs it, UTC milliseconds
 * @param outcomes the outcomes of the last deploys that were tried on it, the latest first
 */
record ToldStatus(String running, long startedMillis, List<Outcome> outcomes) {

  /** The status of an instance that reported nothing. */
  static final ToldStatus UNKNOWN = new ToldStatus("", Long.MAX_VALUE, List.of());

  ToldStatus {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Reads what {@code status} prints, by the command's name for each instance.
   *
   * @throws IOException if a line is not a JSON object
   */
  static Map<String, ToldStatus> read(List<String> lines) throws IOException {
    Map<String, ToldStatus> statuses = new LinkedHashMap<>();
    for (Map<String, Object> status : JsonLines.read(lines)) {
      statuses.put(
          JsonLines.text(status, "target"),
          new ToldStatus(
              JsonLines.text(status, "running"),
              JsonLines.number(status, "startedMs"),
              outcomes(status.get("outcomes"))));
    }
    return statuses;
  }

  /** Returns the outcome of a fleet's deploy here; empty if none of its attempts was made here. */
  Optional<Outcome> outcome(ToldDeploy deploy) {
    // Each attempt of a deploy has its id and a number.
    return outcomes.stream()
        .filter(outcome -> outcome.deploy().startsWith(deploy.id() + "."))
        .findFirst();
  }

  private static List<Outcome> outcomes(@Nullable Object value) {
    List<Outcome> outcomes = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> outcome) {
          outcomes.add(outcome(outcome));
        }
      }
    }
    return outcomes;
  }

  private static Outcome outcome(Map<?, ?> outcome) {
    return new Outcome(
        JsonLines.text(outcome, "deploy"),
        JsonLines.text(outcome, "result"),
        JsonLines.text(outcome, "reason"),
        outcome.get("exitCode") instanceof Number code ? code.intValue() : null,
        phases(outcome.get("phases")));
  }

  private static Map<String, Long> phases(@Nullable Object value) {
    Map<String, Long> times = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> phases) {
      phases.keySet().stream()
          .map(String::valueOf)
          .sorted(Comparator.comparingLong(phase -> JsonLines.number(phases, phase)))
          .forEach(phase -> times.put(phase, JsonLines.number(phases, phase)));
    }
    return times;
  }
}
