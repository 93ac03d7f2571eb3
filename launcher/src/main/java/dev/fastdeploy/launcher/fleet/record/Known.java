package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.contract.Commit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of an environment between two epochs.
 *
 * @param stable the commit of the last deploy that ended as done; null before the first
 * @param stableBefore the stable commit before that; null if there is none to go back to
 * @param last the commit of the last deploy, however it ended; null before the first
 * @param fleet the names of the last deploy's sources; empty before the first
 * @param images the commits of the container images in which a stable commit was ever proven; a
 *     container of any other image is newer than what is known
 */
public record Known(
    @Nullable Commit stable,
    @Nullable Commit stableBefore,
    @Nullable Commit last,
    List<String> fleet,
    Set<Commit> images) {

  /** The state before the first epoch. */
  public static final Known NOTHING = new Known(null, null, null, List.of(), Set.of());

  public Known {
    fleet = List.copyOf(fleet);
    images = Set.copyOf(images);
  }
}
