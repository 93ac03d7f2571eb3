package dev.fastdeploy.launcher.fleet.carrier;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.StrategyName;
import dev.fastdeploy.control.v1.InstanceState;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.RefusedCommit;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.launcher.fleet.plan.Cause;
import dev.fastdeploy.launcher.fleet.plan.DeployStanding;
import dev.fastdeploy.launcher.fleet.plan.Objection;
import dev.fastdeploy.launcher.fleet.plan.Report;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Extracts from an instance's status what the planner needs. */
final class StatusReading {

  private final FleetRequest request;
  private final AttemptIds ids;

  /**
   * @param request what the instance is asked to do
   */
  StatusReading(FleetRequest request) {
    this.request = request;
    this.ids = request.ids();
  }

  Report.Status read(InstanceStatus status) {
    Attempt last = last(status);
    return new Report.Status(
        status.getIdentity(),
        status.getApp(),
        status.getEnvironment(),
        commit(status.getRunning()),
        !status.getRunning().isEmpty()
            && status.getRunning().equals(status.getProven())
            && status.getPending().isEmpty(),
        refused(status),
        status.hasInService()
            ? status.getInService()
            : status.getState() == InstanceState.INSTANCE_STATE_READY,
        last.standing(),
        last.number(),
        last.toward(),
        commit(status.getImage()),
        freeBytes(status),
        objection(status));
  }

  /** Returns why it would refuse the request; null if it would not, or has done it already. */
  private @Nullable Objection objection(InstanceStatus status) {
    if (isThere(status)) {
      return null;
    }
    // Each reason with the cause by which its refusal counts, in the order of a deploy.
    Map<String, Cause> reasons = new LinkedHashMap<>();
    if (status.getEnvironment().isEmpty()) {
      reasons.put(
          "it was told of no environment; start its launcher with --env", Cause.APPLICATION);
    }
    if (status.getApp().isEmpty()) {
      reasons.put(
          "it was told of no application; start its launcher with --app", Cause.APPLICATION);
    }
    reasons.put(status.getHomeUnwritableBecause(), Cause.ARTIFACT);
    // An instance without an application names that for its store, too.
    boolean isToldAlready =
        status.getApp().isEmpty()
            && status.getStoreUnusableBecause().contains(Setting.APP.option());
    if (!isStaged(status) && !isToldAlready) {
      reasons.put(status.getStoreUnusableBecause(), Cause.ARTIFACT);
    }
    if (!isPassing(status) && !isOfAnotherStrategy(status)) {
      reasons.putIfAbsent(status.getDeploysRefusedBecause(), Cause.APPLICATION);
    }
    reasons.put(missingStrategy(status), Cause.APPLICATION);
    if (isRefused(status)) {
      reasons.put(
          "'" + request.commit() + "' did not come up there before; --force tries it again",
          Cause.APPLICATION);
    }
    reasons.remove("");
    return reasons.isEmpty()
        ? null
        : new Objection(reasons.values().iterator().next(), List.copyOf(reasons.keySet()));
  }

  /**
   * Returns whether it refuses any deploy for a while: during another one, and when it is about to
   * end. A deploy asks again then.
   */
  private static boolean isPassing(InstanceStatus status) {
    return !status.getActiveDeployId().isEmpty()
        || !status.getPending().isEmpty()
        || status.getState() == InstanceState.INSTANCE_STATE_STOPPING;
  }

  /**
   * Returns whether its reason holds for its default strategy alone, which is not the one asked
   * for.
   */
  private boolean isOfAnotherStrategy(InstanceStatus status) {
    String wanted = request.strategy();
    return StrategyName.scope(status.getDeploysRefusedBecause())
        .filter(of -> !wanted.isEmpty() && !wanted.equals(of))
        .filter(of -> !wanted.equals(StrategyName.AUTO) || status.getStrategiesList().size() != 1)
        .isPresent();
  }

  private boolean isThere(InstanceStatus status) {
    return status.getRunning().equals(request.commit().id())
        && status.getProven().equals(request.commit().id());
  }

  private boolean isStaged(InstanceStatus status) {
    return status.getStagedList().contains(request.commit().id());
  }

  private boolean isRefused(InstanceStatus status) {
    return !request.force() && refused(status).contains(request.commit());
  }

  private String missingStrategy(InstanceStatus status) {
    String wanted = request.strategy();
    if (wanted.isEmpty() || wanted.equals(StrategyName.AUTO)) {
      return "";
    }
    Map<String, String> unprepared = new HashMap<>();
    status
        .getUnpreparedList()
        .forEach(strategy -> unprepared.put(strategy.getStrategy(), strategy.getReason()));
    return StrategyName.missingBecause(wanted, status.getStrategiesList(), unprepared).orElse("");
  }

  /** Returns the free bytes; a release that is already in the home needs no more room. */
  private long freeBytes(InstanceStatus status) {
    return isStaged(status) || !status.hasFreeBytes() ? 0 : Math.max(1, status.getFreeBytes());
  }

  /**
   * The last attempt that the instance knows of.
   *
   * @param number 0 if it knows none
   */
  private record Attempt(int number, DeployStanding standing, @Nullable Commit toward) {}

  private Attempt last(InstanceStatus status) {
    Attempt last = new Attempt(0, DeployStanding.NONE, null);
    for (Outcome outcome : status.getOutcomesList()) {
      int number = ids.attempt(outcome.getDeployId());
      if (number > last.number()) {
        last = new Attempt(number, standing(outcome.getResult()), commit(outcome.getCommit()));
      }
    }
    int pending = ids.attempt(status.getPendingDeployId());
    if (pending > last.number()) {
      last = new Attempt(pending, DeployStanding.ACTIVATING, commit(status.getPending()));
    }
    int active = ids.attempt(status.getActiveDeployId());
    if (active >= last.number() && active > 0) {
      DeployStanding standing =
          status.getState() == InstanceState.INSTANCE_STATE_STAGING
              ? DeployStanding.STAGING
              : DeployStanding.ACTIVATING;
      last = new Attempt(active, standing, commit(status.getPending()));
    }
    return last;
  }

  private static DeployStanding standing(Result result) {
    return switch (result) {
      case RESULT_PROVEN -> DeployStanding.PROVEN;
      case RESULT_ROLLED_BACK -> DeployStanding.ROLLED_BACK;
      case RESULT_FAILED -> DeployStanding.FAILED;
      case RESULT_STAGED -> DeployStanding.STAGED;
      case RESULT_PENDING -> DeployStanding.ACTIVATING;
      default -> DeployStanding.NONE;
    };
  }

  private static Set<Commit> refused(InstanceStatus status) {
    Set<Commit> refused = new HashSet<>();
    for (RefusedCommit one : status.getRefusedList()) {
      Commit commit = commit(one.getCommit());
      if (commit != null) {
        refused.add(commit);
      }
    }
    return refused;
  }

  /** Returns a commit, or null: an instance is not trusted to send a valid name. */
  private static @Nullable Commit commit(String name) {
    try {
      return name.isEmpty() ? null : new Commit(name);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
