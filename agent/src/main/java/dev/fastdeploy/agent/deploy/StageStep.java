package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Phase;
import java.io.IOException;

/** Brings the release of a deploy into the home, and makes sure that it is the one asked for. */
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
    String digest = home.state().digests().getOrDefault(commit, "");
    deploy.cameIn(digest);
    if (deploy.plan().stages()) {
      deploy.tell(new DeployEvent.Staged(alreadyThere, digest));
    }
    requireContent(deploy, digest);
  }

  /** Another process may have staged it since the request was let in. */
  private static void requireContent(ActiveDeploy deploy, String digest) throws IOException {
    String wanted = deploy.plan().expected().sha256();
    if (wanted.isEmpty() || wanted.equals(digest)) {
      return;
    }
    if (!digest.isEmpty()) {
      throw new IOException(
          "the release of "
              + deploy.plan().commit()
              + " in the home came in the archive with the SHA-256 "
              + digest
              + ", the request names "
              + wanted);
    }
    deploy.tell(
        new DeployEvent.Noted(
            "nothing tells which archive the release of "
                + deploy.plan().commit()
                + " in the home came in; its SHA-256 is not compared"));
  }
}
