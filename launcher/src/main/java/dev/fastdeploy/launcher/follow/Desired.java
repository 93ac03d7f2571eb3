package dev.fastdeploy.launcher.follow;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.Known;
import java.util.Optional;

/** The release that a container is to start, as far as the record of its environment decides it. */
sealed interface Desired {

  /**
   * The stable release of the environment.
   *
   * @param commit its commit
   */
  record Stable(Commit commit) implements Desired {}

  /**
   * The container's own release: the one that its home has proven, or its image's.
   *
   * @param why the reason for the user; empty if it is obvious
   */
  record Own(String why) implements Desired {}

  /**
   * Decides which release it is.
   *
   * @param name the environment's name, for messages
   * @param newest the newest epoch of its record; empty before the first
   * @param image the commit of the container's image
   */
  static Desired of(String name, Optional<Epoch> newest, Commit image) {
    Known known = newest.map(Epoch::known).orElse(Known.NOTHING);
    Commit stable = known.stable();
    if (stable == null) {
      return new Own("");
    }
    if (stable.equals(image) || known.images().contains(image)) {
      return new Stable(stable);
    }
    return new Own(
        "the image release "
            + image
            + " is newer than the record of "
            + name
            + " and is not replaced by "
            + stable
            + "; containers of this image follow once a fleet deploy that includes one is done");
  }
}
