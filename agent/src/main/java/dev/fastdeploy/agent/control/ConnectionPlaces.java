package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.OpenFilesLimit;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The numbers of connections that the endpoint keeps, by what their clients have proven. Each
 * connection takes one of the process's file descriptors, which belong to the service: together
 * they take at most a quarter of all, and at most half of those that are free when the endpoint
 * starts, but never fewer than four. No kind of client can take the places of another.
 *
 * @param unproven places for clients that have proven nothing yet
 * @param readers places for clients that may only read
 * @param deployers places for clients that may deploy
 */
record ConnectionPlaces(int unproven, int readers, int deployers) {

  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final long USUAL_LIMIT = 1024;
  private static final int SHARE = 4;
  private static final int FREE_SHARE = 2;
  private static final int FEWEST = 4;
  private static final int MOST = 256;

  /** Returns the places that this process can afford. */
  static ConnectionPlaces ofThisProcess() {
    try {
      return of(OpenFilesLimit.ofThisProcess().orElse(USUAL_LIMIT), open());
    } catch (IOException | DirectoryIteratorException notTold) {
      return of(USUAL_LIMIT, 0);
    }
  }

  private static long open() throws IOException {
    long count = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OPEN)) {
      for (Path unused : descriptors) {
        count++;
      }
    }
    return count;
  }

  /**
   * Returns the places that a process can afford.
   *
   * @param descriptors number of files it may open
   * @param open number of files it has opened
   */
  static ConnectionPlaces of(long descriptors, long open) {
    long shared = Math.min(descriptors / SHARE, (descriptors - open) / FREE_SHARE);
    int all = (int) Math.max(FEWEST, Math.min(MOST, shared));
    int unproven = all / 2;
    int readers = all / 4;
    return new ConnectionPlaces(unproven, readers, all - unproven - readers);
  }

  /** Returns the number of all places. */
  int all() {
    return unproven + readers + deployers;
  }

  /** Returns the number of places for clients of a role. */
  int of(Role role) {
    return switch (role) {
      case NONE -> unproven;
      case READ -> readers;
      case DEPLOY -> deployers;
    };
  }
}
