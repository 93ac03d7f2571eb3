package dev.fastdeploy.launcher.supervisor.exit;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts.LastKnown;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts.Trial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decision after the end of the service's process: the reload table. */
public sealed interface ExitDecision {

  /** The launcher ends with the service's exit code. */
  record End(@Override boolean mayBreakOffDeploy) implements ExitDecision {}

  /** The launcher ends with the code of the signal that told it to stop. */
  record EndBySignal() implements ExitDecision {}

  /**
   * The service is started again, from the release that is current then.
   *
   * @param atOnce false if the least time between two starts must pass first
   */
  record Reload(boolean atOnce) implements ExitDecision {}

  /**
   * The release is taken back, and the previous one is started.
   *
   * @param exitCode null if the release was given up before its process ended
   */
  record RollBack(String reason, @Nullable Integer exitCode) implements ExitDecision {}

  /**
   * The image's release is started.
   *
   * @param failed the commit that is still to be replaced
   */
  record StartImage(Commit failed) implements ExitDecision {}

  /**
   * The service is started again as {@code --restart} allows; else the launcher ends.
   *
   * @param failed the commit that is still to be replaced
   */
  record RestartAfterCrash(Optional<Commit> failed) implements ExitDecision {

    @Override
    public boolean mayBreakOffDeploy() {
      return failed.isEmpty();
    }
  }

  /** Returns true if the service may have ended in the middle of a deploy. */
  default boolean mayBreakOffDeploy() {
    return false;
  }

  /**
   * Decides. A stop has priority over everything. A service with an agent announces its reload, and
   * then its exit code does not matter: a shutdown hook may have changed it, or the kernel may have
   * killed the process. A service without an agent asks for a reload by its exit code.
   */
  static ExitDecision of(ExitFacts facts) {
    LastKnown last = facts.lastKnown();
    if (facts.stopRequested()) {
      return wasReload(facts) ? new EndBySignal() : new End(false);
    }
    if (last instanceof LastKnown.ReloadAnnounced) {
      return new Reload(true);
    }
    if (last instanceof LastKnown.WithAgent with) {
      return unannounced(facts, with.trial(), false);
    }
    if (last instanceof LastKnown.WithoutAgent without) {
      return unannounced(facts, without.trial(), facts.endedWithAgreedCode());
    }
    return new RollBack(ended(facts) + " on probation", facts.code());
  }

  /** Returns true if the process ended for a reload that the stop overtook. */
  private static boolean wasReload(ExitFacts facts) {
    if (facts.lastKnown() instanceof LastKnown.ReloadAnnounced) {
      return facts.endedWithReloadCode();
    }
    return facts.lastKnown() instanceof LastKnown.WithoutAgent && facts.endedWithAgreedCode();
  }

  private static ExitDecision unannounced(ExitFacts facts, Trial trial, boolean asksForReload) {
    if (trial instanceof Trial.OnProbation probation) {
      return rollBack(facts, probation);
    }
    if (trial instanceof Trial.Restoring restoring) {
      Commit failed = restoring.failed();
      return restoring.isImage()
          ? byItself(facts.code(), Optional.of(failed))
          : new StartImage(failed);
    }
    return asksForReload ? new Reload(false) : byItself(facts.code(), Optional.empty());
  }

  private static ExitDecision rollBack(ExitFacts facts, Trial.OnProbation probation) {
    Optional<String> givenUp = probation.givenUpBecause();
    String when = probation.wasReady() ? " in its soak" : " before it was ready";
    return givenUp.isPresent()
        ? new RollBack(givenUp.get(), null)
        : new RollBack(ended(facts) + when, facts.code());
  }

  private static String ended(ExitFacts facts) {
    return "it ended with code " + facts.code();
  }

  /** Decides for a service that has no release to go back to. */
  private static ExitDecision byItself(int code, Optional<Commit> failed) {
    return code == 0 ? new End(failed.isEmpty()) : new RestartAfterCrash(failed);
  }
}
