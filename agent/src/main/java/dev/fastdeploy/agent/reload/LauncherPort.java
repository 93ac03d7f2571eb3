package dev.fastdeploy.agent.reload;

import dev.fastdeploy.contract.Commit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The part of the launcher that every deploy needs, whichever strategy it uses. Thread-safe. */
public interface LauncherPort {

  /** Returns why no launcher can reload, one line with the remedy, or empty if one can. */
  Optional<String> absentBecause();

  /**
   * Tells the launcher, if there is one, that the process continues with another release.
   *
   * @param onProbation true if it is not proven yet, so that the end of the process is its failure
   */
  void runs(Commit commit, boolean onProbation);

  /**
   * Asks the launcher at once, if there is one, for the lines that the service printed last.
   *
   * @return a supplier that waits for the answer, at most a fraction of a second; the list is empty
   *     if there is none
   */
  Supplier<List<String>> lastLines();
}
