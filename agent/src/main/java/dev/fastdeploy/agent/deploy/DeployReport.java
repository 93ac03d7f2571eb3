package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a deploy, or how it ended, for the client that asks.
 *
 * @param commit the commit that is deployed; null if not known
 * @param from the commit that ran before; null if not known
 * @param refusal the kind of refusal; null if it was not refused
 * @param reason one line for a person; empty if there is nothing to explain
 * @param exitCode exit code of a release that did not come up and ended; null otherwise
 * @param lastLines the last lines that it printed
 * @param sha256 digest of the archive that the release came in; empty if not known
 * @param phases the time at which each phase was reached, UTC milliseconds
 */
public record DeployReport(
    DeployId id,
    @Nullable Commit commit,
    @Nullable Commit from,
    ReportedResult result,
    @Nullable Refusal refusal,
    String reason,
    @Nullable Integer exitCode,
    List<String> lastLines,
    String sha256,
    Map<Phase, Long> phases) {

  public DeployReport {
    lastLines = List.copyOf(lastLines);
    phases = Map.copyOf(phases);
  }

  /** Returns the report of a durable outcome. */
  static DeployReport of(DeployOutcome outcome) {
    return new DeployReport(
        outcome.id(),
        outcome.commit(),
        outcome.from(),
        ReportedResult.of(outcome.result()),
        null,
        outcome.reason(),
        outcome.exitCode(),
        outcome.lastLines(),
        "",
        outcome.phases());
  }

  /** Returns the report of an activation that is not proven yet. */
  static DeployReport pending(PendingActivation pending) {
    return new DeployReport(
        pending.id(),
        pending.to(),
        pending.from(),
        ReportedResult.PENDING,
        null,
        "",
        null,
        List.of(),
        "",
        pending.phases());
  }

  /** Returns a report without the details that only a release which did not come up leaves. */
  static DeployReport brief(
      DeployId id,
      @Nullable Commit commit,
      @Nullable Commit from,
      ReportedResult result,
      String reason,
      Map<Phase, Long> phases) {
    return new DeployReport(id, commit, from, result, null, reason, null, List.of(), "", phases);
  }

  /** Returns the report of a request that was not begun. */
  static DeployReport refused(
      DeployId id, @Nullable Commit commit, @Nullable Commit from, Refusal refusal, String reason) {
    return new DeployReport(
        id, commit, from, ReportedResult.REFUSED, refusal, reason, null, List.of(), "", Map.of());
  }

  /** Returns the same report with the digest of the archive that the release came in. */
  DeployReport withDigest(String digest) {
    return new DeployReport(
        id, commit, from, result, refusal, reason, exitCode, lastLines, digest, phases);
  }

  /** Returns the same report with the digest of the archive, as far as the home knows it. */
  DeployReport withDigest(HomeState memory) {
    return commit == null ? this : withDigest(memory.digests().getOrDefault(commit, ""));
  }
}
