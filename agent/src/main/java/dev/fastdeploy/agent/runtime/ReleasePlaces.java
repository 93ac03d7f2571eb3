package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.RealPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the release that a file is in: the running one, another one of the home, among them the
 * image's, or none. One release may be inside another: the innermost counts.
 */
final class ReleasePlaces {

  /** The release that holds a file. */
  enum HoldingRelease {
    RUNNING,
    ANOTHER,
    NONE
  }

  private final List<Path> running;
  private final List<Path> others = new ArrayList<>();

  private ReleasePlaces(List<Path> running) {
    this.running = List.copyOf(running);
  }

  /**
   * Returns the releases as they are now.
   *
   * @param running real paths of the directories from which code may run
   * @param home null if there is none, and then there are no other releases
   */
  static ReleasePlaces of(List<Path> running, @Nullable Home home) {
    ReleasePlaces places = new ReleasePlaces(running);
    if (home != null) {
      places.addOthers(home);
    }
    return places;
  }

  private void addOthers(Home home) {
    try {
      for (Commit commit : home.staged()) {
        home.release(commit)
            .map(release -> RealPath.of(release.directory()))
            .filter(directory -> !running.contains(directory))
            .ifPresent(others::add);
      }
    } catch (IOException unreadable) {
      // A home that cannot be read takes no deploys, and reports that itself.
    }
  }

  /**
   * Returns the release that holds a file.
   *
   * @param file a real path
   */
  HoldingRelease of(Path file) {
    int inRunning = longest(running, file);
    int inOther = longest(others, file);
    if (inRunning == 0 && inOther == 0) {
      return HoldingRelease.NONE;
    }
    return inRunning >= inOther ? HoldingRelease.RUNNING : HoldingRelease.ANOTHER;
  }

  private static int longest(List<Path> directories, Path file) {
    int longest = 0;
    for (Path directory : directories) {
      if (file.startsWith(directory)) {
        longest = Math.max(longest, directory.getNameCount());
      }
    }
    return longest;
  }
}
