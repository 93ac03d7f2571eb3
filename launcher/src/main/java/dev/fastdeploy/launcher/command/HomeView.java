package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployConditions;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.Fence;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.StrategyName;
import dev.fastdeploy.launcher.fleet.InstanceOutcome;
import dev.fastdeploy.launcher.fleet.InstanceView;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows an instance from the files of its home, when no agent answers. */
final class HomeView {

  private static final String ORPHANED =
      "the launcher was killed and its service still runs; the next launcher that starts here stops"
          + " it";

  private HomeView() {}

  /**
   * @param silence why the agent that listens there does not answer; empty if none does
   */
  static InstanceView of(LocalHome local, long nowMillis, String silence) throws IOException {
    Home home = local.home();
    HomeState state = home.state();
    @Nullable LauncherFacts launcher = local.launcher().orElse(null);
    @Nullable LauncherFacts orphan = launcher == null ? local.orphan().orElse(null) : null;
    @Nullable LauncherFacts runs = launcher == null ? orphan : launcher;
    @Nullable Fence fence = state.fence();
    return new InstanceView(
        home.given().toString(),
        null,
        orphan == null ? state(launcher, state, silence) : "RUNNING",
        nowMillis,
        new InstanceView.Identity(
            "",
            "",
            "",
            fence == null ? "" : fence.environment().name(),
            fence == null ? 0 : fence.epoch()),
        releases(home, state, runs),
        new InstanceView.Deploys(
            silence.isEmpty() ? obstacle(launcher, orphan) : silent(orphan, silence),
            launcher == null ? List.of() : List.of(StrategyName.PROCESS),
            Map.of(),
            state.lastSequence(),
            state.outcomes().stream().map(outcome -> past(outcome, state)).toList()),
        InstanceView.ServiceProcess.ofPid(runs == null ? 0 : runs.servicePid()),
        launcher == null ? "" : launcher.listens());
  }

  private static InstanceView.Releases releases(
      Home home, HomeState state, @Nullable LauncherFacts launcher) throws IOException {
    Map<String, String> refused = new LinkedHashMap<>();
    state.refused().forEach((commit, reason) -> refused.put(commit.id(), reason));
    List<Commit> staged = home.staged();
    Map<String, String> digests = new LinkedHashMap<>();
    state
        .digests()
        .forEach(
            (commit, digest) -> {
              if (staged.contains(commit)) {
                digests.put(commit.id(), digest);
              }
            });
    return new InstanceView.Releases(
        launcher == null ? "" : launcher.commit(),
        text(state.lastProven().orElse(null)),
        text(state.image()),
        state.pending() == null ? "" : state.pending().to().id(),
        refused,
        staged.stream().map(Commit::id).toList(),
        digests);
  }

  private static String state(@Nullable LauncherFacts launcher, HomeState state, String silence) {
    if (launcher == null) {
      return silence.isEmpty() ? "STOPPED" : "RUNNING";
    } else if (launcher.servicePid() == 0) {
      return "STARTING";
    } else if (state.pending() == null) {
      return "RUNNING";
    }
    return state.pending().to().id().equals(launcher.commit()) ? "PROBATION" : "ACTIVATING";
  }

  private static String silent(@Nullable LauncherFacts orphan, String silence) {
    String gaveNone = "the agent gave no status: " + silence;
    return orphan == null ? gaveNone : ORPHANED + "; " + gaveNone;
  }

  private static String obstacle(@Nullable LauncherFacts launcher, @Nullable LauncherFacts orphan) {
    if (launcher == null) {
      return orphan == null ? "no launcher is running" : ORPHANED;
    } else if (launcher.agent()) {
      return agentElsewhere(launcher);
    }
    return DeployConditions.configured(launcher.readiness())
        .refusal()
        .orElse(
            "the service runs without the agent, because its command is not java or because of"
                + " --no-agent; for a start script give --agent-via env, or use 'stage' and"
                + " 'activate' on its machine");
  }

  /** Returns why an agent that does not listen in the home takes no deploy; empty if it may. */
  private static String agentElsewhere(LauncherFacts launcher) {
    if (!launcher.agentHeard()) {
      return "the service was started with the agent, but the agent has not reported; the JVM may"
          + " have been started by a program that clears its environment (--agent-via env)";
    } else if (!launcher.unreachable().isEmpty()) {
      return launcher.unreachable();
    } else if (!launcher.listens().isEmpty()) {
      return DeployConditions.configured(launcher.readiness()).refusal().orElse("");
    }
    return "the agent has not said yet where it listens; if that lasts, the service's log tells why";
  }

  private static InstanceView.PastDeploy past(DeployOutcome outcome, HomeState state) {
    Map<String, Long> phases = new LinkedHashMap<>();
    for (Phase phase : Phase.values()) {
      Long time = outcome.phases().get(phase);
      if (time != null) {
        phases.put(phase.label(), time);
      }
    }
    InstanceOutcome.Result result =
        switch (outcome.result()) {
          case PROVEN -> InstanceOutcome.Result.PROVEN;
          case ROLLED_BACK -> InstanceOutcome.Result.ROLLED_BACK;
          case FAILED -> InstanceOutcome.Result.FAILED;
        };
    return new InstanceView.PastDeploy(
        outcome.id().id(),
        outcome.commit().id(),
        outcome.result().name(),
        new InstanceOutcome(
            result,
            text(outcome.from()),
            "",
            outcome.reason(),
            outcome.exitCode(),
            outcome.lastLines(),
            state.digests().getOrDefault(outcome.commit(), ""),
            phases));
  }

  private static String text(@Nullable Commit commit) {
    return commit == null ? "" : commit.id();
  }
}
