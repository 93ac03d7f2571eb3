package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.ActivationRules;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.RefusedException;
import java.io.IOException;

/** Brings the release of a deploy into the home, and makes sure that it is the requested one. */
final class StageStep {

  private final ReleaseHome home;
  private final Stager stager;

  StageStep(ReleaseHome home, Stager stager) {
    this.home = home;
    this.stager = stager;
  }

  /**
   * Stages the release, if it is not in the home already.
   *
   * @throws IOException if it is not staged or the deploy is cancelled, with a message for the user
   */
  void carryOut(ActiveDeploy deploy) throws IOException {
    Commit commit = deploy.plan().commit();
    deploy.requireGoOn();
    boolean alreadyThere = home.has(commit);
    if (deploy.plan().stages() && !alreadyThere) {
      stager.stage(commit, deploy.plan().expected(), deploy);
    }
    deploy.reached(Phase.STAGED);
    HomeState memory = home.state();
    String digest = memory.digests().getOrDefault(commit, "");
    deploy.cameIn(digest);
    if (deploy.plan().stages()) {
      deploy.tell(new DeployEvent.Staged(alreadyThere, digest));
    }
    requireContent(deploy, memory);
  }

  /**
   * Makes sure that it is the requested release: another process may have staged it since the
   * request was admitted.
   */
  private static void requireContent(ActiveDeploy deploy, HomeState memory) throws IOException {
    Commit commit = deploy.plan().commit();
    String wanted = deploy.plan().expected().sha256();
    try {
      ActivationRules.requireContent(commit, wanted, memory);
    } catch (RefusedException other) {
      throw new IOException(other.reason(), other);
    }
    if (!wanted.isEmpty() && !memory.digests().containsKey(commit)) {
      deploy.tell(
          new DeployEvent.Noted(
              "nothing tells which archive the release of "
                  + commit
                  + " in the home came in; its SHA-256 is not compared"));
    }
  }
}
