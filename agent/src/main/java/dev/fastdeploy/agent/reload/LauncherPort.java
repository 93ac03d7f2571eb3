package dev.fastdeploy.agent.reload;

import dev.fastdeploy.contract.Commit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What every deploy needs of the launcher, whichever strategy carries it out. Thread-safe. */
public interface LauncherPort {

  /** Why there is no launcher to reload with, one line with the remedy; nothing if there is one. */
  Optional<String> absentBecause();

  /**
   * Tells the launcher, if there is one, that the process goes on with another release.
   *
   * @param onProbation whether it is not proven yet, so that the end of the process is its failure
   */
  void runs(Commit commit, boolean onProbation);

  /**
   * Asks the launcher at once, if there is one, what the service printed last.
   *
   * @return waits for the answer, a fraction of a second at most; empty if there is none
   */
  Supplier<List<String>> lastLines();
}
