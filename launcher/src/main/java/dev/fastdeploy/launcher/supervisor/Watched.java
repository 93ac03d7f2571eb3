package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Probation;
import java.util.Optional;

/**
 * A started release that is not accepted for good yet.
 *
 * @param evidence what it must show besides, if it is a new release
 * @param failed the commit that this one is to replace after it did not come up; empty for a new
 *     release
 * @param givenUpBecause why it is ended; empty as long as it may still come up
 * @param readyTold whether it became ready and that was recorded
 */
record Watched(
    Probation probation,
    Evidence evidence,
    Optional<Commit> failed,
    Optional<String> givenUpBecause,
    boolean readyTold) {

  /** Returns one about which nothing was found out yet. */
  static Watched begun(Probation probation, Evidence evidence, Optional<Commit> failed) {
    return new Watched(probation, evidence, failed, Optional.empty(), false);
  }

  /** Returns true if it was deployed; false if it replaces one that failed. */
  boolean isNewRelease() {
    return failed.isEmpty();
  }

  Watched withReadyTold() {
    return new Watched(probation, evidence, failed, givenUpBecause, true);
  }

  Watched givenUp(String reason) {
    return new Watched(probation, evidence, failed, Optional.of(reason), readyTold);
  }
}
