package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.ClassOrigin;
import dev.fastdeploy.control.v1.InstanceState;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.RefusedCommit;
import dev.fastdeploy.control.v1.ReleaseDigest;
import dev.fastdeploy.control.v1.UnpreparedStrategy;
import java.util.LinkedHashMap;
import java.util.Map;

/** Translates the protocol's status. */
final class InstanceViews {

  private InstanceViews() {}

  static InstanceView of(Target target, InstanceStatus status) {
    return new InstanceView(
        target.name(),
        null,
        name(status.getState()),
        status.getTimeMs(),
        new InstanceView.Identity(
            status.getInstance(),
            status.getIdentity(),
            status.getApp(),
            status.getEnvironment(),
            status.getEpoch()),
        releases(status),
        deploys(status),
        process(status),
        "");
  }

  private static InstanceView.Releases releases(InstanceStatus status) {
    Map<String, String> refused = new LinkedHashMap<>();
    for (RefusedCommit commit : status.getRefusedList()) {
      refused.put(commit.getCommit(), commit.getReason());
    }
    Map<String, String> digests = new LinkedHashMap<>();
    for (ReleaseDigest digest : status.getDigestsList()) {
      digests.put(digest.getCommit(), digest.getSha256());
    }
    return new InstanceView.Releases(
        status.getRunning(),
        status.getProven(),
        status.getImage(),
        status.getPending(),
        refused,
        status.getStagedList(),
        digests);
  }

  private static InstanceView.Deploys deploys(InstanceStatus status) {
    Map<String, String> notPrepared = new LinkedHashMap<>();
    for (UnpreparedStrategy strategy : status.getUnpreparedList()) {
      notPrepared.put(strategy.getStrategy(), strategy.getReason());
    }
    return new InstanceView.Deploys(
        status.getDeploysRefusedBecause(),
        status.getStrategiesList(),
        notPrepared,
        status.getLastSequence(),
        status.getOutcomesList().stream().map(InstanceViews::past).toList());
  }

  private static InstanceView.ServiceProcess process(InstanceStatus status) {
    return new InstanceView.ServiceProcess(
        status.getPid(),
        status.getStartedMs(),
        status.getJavaVersion(),
        status.getAgentVersion(),
        status.hasInService() ? status.getInService() : null,
        status.hasClasses() ? classes(status.getClasses()) : null,
        status.hasOldLoaders() ? OldLoadersView.of(status.getOldLoaders()) : null,
        status.getHeldListenersList(),
        status.getNotHeldBecause(),
        status.getClassArchive(),
        status.getNoClassArchiveBecause());
  }

  private static InstanceView.Classes classes(ClassOrigin origin) {
    return new InstanceView.Classes(
        origin.getFromRelease(),
        origin.getFromElsewhere(),
        origin.getMainClassLocation(),
        origin.getOutsideList(),
        origin.getDoubtful());
  }

  private static InstanceView.PastDeploy past(Outcome outcome) {
    InstanceOutcome.Result result =
        switch (outcome.getResult()) {
          case RESULT_PROVEN -> InstanceOutcome.Result.PROVEN;
          case RESULT_ROLLED_BACK -> InstanceOutcome.Result.ROLLED_BACK;
          case RESULT_REFUSED -> InstanceOutcome.Result.REFUSED;
          default -> InstanceOutcome.Result.FAILED;
        };
    return new InstanceView.PastDeploy(
        outcome.getDeployId(),
        outcome.getCommit(),
        outcome.getResult().name().replace("RESULT_", ""),
        Outcomes.translated(outcome, result));
  }

  private static String name(InstanceState state) {
    return state.name().replace("INSTANCE_STATE_", "");
  }
}
