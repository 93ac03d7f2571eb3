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
 * @param commit what was deployed
 * @param from what ran before
 * @param result how it ended
 * @param reason one line for a person; empty if it was proven
 * @param exitCode the exit code of a release that did not come up, if it ended
 * @param lastLines the last lines that it printed
 * @param phases when each phase was reached, UTC milliseconds
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
   * Whether a process that started at a time was in the middle of this deploy when it ended: the
   * word of the beginning still stands.
   *
   * @param startMillis UTC milliseconds
   */
  public boolean brokeOffSince(long startMillis) {
    return result == DeployResult.FAILED
        && reason.equals(ENDED_BEFORE_ACTIVATION)
        && phases.getOrDefault(Phase.ACCEPTED, 0L) >= startMillis;
  }

  /** The same with how the process ended. */
  public DeployOutcome endedBy(String how) {
    return new DeployOutcome(
        id, sequence, commit, from, result, reason + ": " + how, exitCode, lastLines, phases);
  }

  /** The same with one more phase reached. */
  public DeployOutcome reached(Phase phase, long timeMillis) {
    Map<Phase, Long> more = new EnumMap<>(Phase.class);
    more.putAll(phases);
    more.put(phase, timeMillis);
    return new DeployOutcome(id, sequence, commit, from, result, reason, exitCode, lastLines, more);
  }
}
