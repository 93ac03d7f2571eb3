package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The container images that were known when the deploy began, by the record or by a member that was
 * there. One that shows itself later is newer than the deploy: its containers run what it brought.
 */
final class Images {

  private final Set<Commit> known;
  private final Set<Commit> newer = new HashSet<>();

  Images(Set<Commit> known) {
    this.known = new HashSet<>(known);
  }

  /** A member that was there at the beginning comes from it. */
  void learn(@Nullable Commit image) {
    if (image != null && !newer.contains(image)) {
      known.add(image);
    }
  }

  /** Whether nobody knew an image; an instance of an earlier version does not tell its own. */
  boolean isNew(@Nullable Commit image) {
    return image != null && !known.contains(image);
  }

  /** A new image has shown itself; true the first time. */
  boolean seen(Commit image) {
    return newer.add(image);
  }
}
