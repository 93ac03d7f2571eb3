package dev.fastdeploy.launcher.follow;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.Known;
import java.util.Optional;

/** What a container is to start, as far as the record of its environment has a say in it. */
sealed interface Desired {

  /**
   * The stable release of the environment.
   *
   * @param commit its commit
   */
  record Stable(Commit commit) implements Desired {}

  /**
   * What the container has itself: what its home has proven, or its image's release.
   *
   * @param why for the user; empty where nobody would ask
   */
  record Own(String why) implements Desired {}

  /**
   * Decides it.
   *
   * @param name of the environment, for messages
   * @param newest the newest epoch of its record; nothing before the first
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
            + " is newer than what the record of "
            + name
            + " knows, and is not replaced by "
            + stable
            + "; containers of this image follow once a fleet deploy that includes one is done");
  }
}
