package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The container images that were known when the deploy began, from the record or from a member. An
 * image that appears later is newer than the deploy: its containers run what it brought.
 */
final class Images {

  private final Set<Commit> known;
  private final Set<Commit> newer = new HashSet<>();

  Images(Set<Commit> known) {
    this.known = new HashSet<>(known);
  }

  /** Learns the image of a member that was there at the beginning. */
  void learn(@Nullable Commit image) {
    if (image != null && !newer.contains(image)) {
      known.add(image);
    }
  }

  /**
   * Returns whether an image was unknown. An instance of an earlier version does not report its
   * own.
   */
  boolean isNew(@Nullable Commit image) {
    return image != null && !known.contains(image);
  }

  /** Notes a new image. Returns true the first time. */
  boolean seen(Commit image) {
    return newer.add(image);
  }
}
