package dev.fastdeploy.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an attempt to run a commit on one instance, by the instance's own record.
 *
 * @param deploy the attempt's id
 * @param result such as PROVEN
 * @param reason one line
 * @param exitCode the exit code of the release that did not come up, if it ended
 * @param phases the time at which each phase was reached, UTC milliseconds, in order
 */
record Outcome(
    String deploy,
    String result,
    String reason,
    @Nullable Integer exitCode,
    Map<String, Long> phases) {

  static final String PROVEN = "PROVEN";
  static final String ROLLED_BACK = "ROLLED_BACK";
  private static final String ACCEPTED = "accepted";

  /** Returns the time at which the instance accepted the RPC; 0 if it did not. */
  long acceptedMillis() {
    return phases.getOrDefault(ACCEPTED, 0L);
  }

  /** Returns the phases after the RPC, as milliseconds since then. */
  Map<String, Long> sinceAccepted() {
    Map<String, Long> since = new LinkedHashMap<>();
    phases.forEach(
        (phase, time) -> {
          if (!phase.equals(ACCEPTED)) {
            since.put(phase, time - acceptedMillis());
          }
        });
    return since;
  }
}
