package dev.fastdeploy.contract;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The durable record of how a deploy ended on this instance.
 *
 * @param id the deploy
 * @param sequence its sequence number, UTC milliseconds of the client
 * @param commit the commit that was deployed
 * @param from the commit that ran before
 * @param result the result of the deploy
 * @param reason one line for a person; empty if it was proven
 * @param exitCode the exit code of a release that did not come up, if it ended
 * @param lastLines the last lines that it printed
 * @param phases the time at which each phase was reached, UTC milliseconds
 */
public record DeployOutcome(
    DeployId id,
    long sequence,
    Commit commit,
    @Nullable Commit from,
    DeployResult result,
    String reason,
    @Nullable Integer exitCode,
    List<String> lastLines,
    Map<Phase, Long> phases) {

  /** Recorded when a deploy begins, so that it is true whenever and however the process ends. */
  public static final String ENDED_BEFORE_ACTIVATION =
      "the process ended before the release was activated";

  public DeployOutcome {
    lastLines = List.copyOf(lastLines);
    phases = Map.copyOf(phases);
  }

  /**
   * Returns true if this deploy was under way when a process that started at a given time ended:
   * the reason recorded at the beginning still stands.
   *
   * @param startMillis UTC milliseconds
   */
  public boolean brokeOffSince(long startMillis) {
    return result == DeployResult.FAILED
        && reason.equals(ENDED_BEFORE_ACTIVATION)
        && phases.getOrDefault(Phase.ACCEPTED, 0L) >= startMillis;
  }

  /** Returns a copy that adds how the process ended. */
  public DeployOutcome endedBy(String how) {
    return new DeployOutcome(
        id, sequence, commit, from, result, reason + ": " + how, exitCode, lastLines, phases);
  }

  /** Returns a copy with one more phase reached. */
  public DeployOutcome reached(Phase phase, long timeMillis) {
    Map<Phase, Long> more = new EnumMap<>(Phase.class);
    more.putAll(phases);
    more.put(phase, timeMillis);
    return new DeployOutcome(id, sequence, commit, from, result, reason, exitCode, lastLines, more);
  }
}
