package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The strategies that may carry a deploy out, in the order in which they are tried once the release
 * is staged.
 *
 * @param asked the name that the client asked for, or the default's
 * @param inOrder the strategies, at least one
 * @param passedOver the reasons why strategies that were asked for are not among them, one line
 *     each
 */
record Candidates(String asked, List<ReloadStrategy> inOrder, List<String> passedOver) {

  Candidates {
    inOrder = List.copyOf(inOrder);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * Returns those with which a commit has not failed before.
   *
   * @throws RefusedException if it has failed with each
   */
  Candidates notRefusedTo(Commit commit, HomeState memory) throws RefusedException {
    List<ReloadStrategy> left = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (ReloadStrategy strategy : inOrder) {
      Optional<String> failed = memory.refusedTo(strategy.name(), commit);
      if (failed.isEmpty()) {
        left.add(strategy);
      } else {
        reasons.add(failed.get());
      }
    }
    if (left.isEmpty()) {
      throw new RefusedException(
          Refusal.REFUSED_COMMIT,
          "the commit "
              + commit
              + " did not come up before ("
              + String.join("; ", reasons)
              + "); deploy it by another strategy, or with --force to try again");
    }
    List<String> more = new ArrayList<>(passedOver);
    reasons.forEach(reason -> more.add(reason + " (when it was deployed before)"));
    return new Candidates(asked, left, more);
  }
}
