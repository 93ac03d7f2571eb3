package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.PhaseTime;
import dev.fastdeploy.control.v1.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Translates the protocol's outcomes. */
final class Outcomes {

  private Outcomes() {}

  static InstanceOutcome translated(Outcome outcome, InstanceOutcome.Result result) {
    Map<String, Long> phases = new LinkedHashMap<>();
    for (PhaseTime phase : outcome.getPhasesList()) {
      phases.put(phase.getPhase(), phase.getTimeMs());
    }
    return new InstanceOutcome(
        result,
        outcome.getFrom(),
        result == InstanceOutcome.Result.REFUSED ? name(outcome.getRefusal()) : "",
        outcome.getReason(),
        outcome.hasExitCode() ? outcome.getExitCode() : null,
        outcome.getLastLinesList(),
        outcome.getSha256(),
        phases);
  }

  /** Returns the refusal's name without the prefix that protobuf needs. */
  private static String name(Refusal refusal) {
    return refusal.name().replace("REFUSAL_", "");
  }
}
