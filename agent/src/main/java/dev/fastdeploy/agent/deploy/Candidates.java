package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.ReloadStrategy;
import java.util.List;

/**
 * The strategies that may carry a deploy out, in the order in which they are tried once the release
 * is staged.
 *
 * @param asked the name that the client asked for, or the default's
 * @param inOrder at least one
 * @param passedOver why strategies that were asked for are not among them, one line each
 */
record Candidates(String asked, List<ReloadStrategy> inOrder, List<String> passedOver) {

  Candidates {
    inOrder = List.copyOf(inOrder);
    passedOver = List.copyOf(passedOver);
  }
}
