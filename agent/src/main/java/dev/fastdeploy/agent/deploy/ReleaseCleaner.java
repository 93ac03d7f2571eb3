package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.HomeState;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes old releases once the running one is proven, once for each release that runs. Not
 * thread-safe.
 */
final class ReleaseCleaner {

  private final ReleaseHome home;
  private final RunningRelease running;
  private final Admission admission;
  private final int keep;
  private @Nullable Commit cleanedFor;

  ReleaseCleaner(ReleaseHome home, RunningRelease running, Admission admission, int keep) {
    this.home = home;
    this.running = running;
    this.admission = admission;
    this.keep = keep;
  }

  /**
   * Removes the releases that nothing needs, if the running one is proven and this was not done for
   * it yet.
   *
   * @param underWay the commit that is being deployed, which stays; null if there is none
   * @return true if it was done now
   */
  boolean cleanUp(@Nullable Commit underWay) {
    try {
      HomeState memory = home.state();
      Commit now = running.commit();
      if (now == null
          || now.equals(cleanedFor)
          || memory.pending() != null
          || !memory.lastProven().equals(Optional.of(now))) {
        return false;
      }
      home.cleanUp(keep, needed(memory, now, underWay));
      cleanedFor = now;
      return true;
    } catch (IOException | RuntimeException failure) {
      // The deploy is over: a release that could not be removed now is tried again after the next.
      Diagnostics.say("old releases were not removed: " + Diagnostics.reason(failure));
      return false;
    }
  }

  private Set<Commit> needed(HomeState memory, Commit now, @Nullable Commit underWay)
      throws IOException {
    Set<Commit> needed = new HashSet<>();
    needed.add(now);
    memory.lastProven().ifPresent(needed::add);
    admission.rollbackTarget(memory).ifPresent(needed::add);
    addIfKnown(needed, memory.image());
    addIfKnown(needed, running.started());
    addIfKnown(needed, running.files());
    addIfKnown(needed, underWay);
    return needed;
  }

  private static void addIfKnown(Set<Commit> needed, @Nullable Commit commit) {
    if (commit != null) {
      needed.add(commit);
    }
  }
}
