package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.contract.Commit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The launcher's place in a JVM that no launcher started. */
record NoLauncher(String reason) implements LauncherPort {

  @Override
  public Optional<String> absentBecause() {
    return Optional.of(reason);
  }

  @Override
  public void runs(Commit commit, boolean onProbation) {
    // There is nobody to tell.
  }

  @Override
  public Supplier<List<String>> lastLines() {
    return List::of;
  }
}
