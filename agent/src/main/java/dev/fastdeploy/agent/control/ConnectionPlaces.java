package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.OpenFilesLimit;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many connections the endpoint keeps, by what their clients have shown. Each takes one of the
 * process's file descriptors, which are the service's: it shares a quarter of them, and half of
 * those that are free when the endpoint starts. No kind of client can take the places of another.
 *
 * @param unproven those that have shown nothing yet
 * @param readers those that may only read
 * @param deployers those that may deploy
 */
record ConnectionPlaces(int unproven, int readers, int deployers) {

  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final long USUAL_LIMIT = 1024;
  private static final int SHARE = 4;
  private static final int FREE_SHARE = 2;
  private static final int FEWEST = 4;
  private static final int MOST = 256;

  /** What this process can afford. */
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
   * What a process can afford.
   *
   * @param descriptors how many files it may open
   * @param open how many it has opened
   */
  static ConnectionPlaces of(long descriptors, long open) {
    long shared = Math.min(descriptors / SHARE, (descriptors - open) / FREE_SHARE);
    int all = (int) Math.max(FEWEST, Math.min(MOST, shared));
    int unproven = all / 2;
    int readers = all / 4;
    return new ConnectionPlaces(unproven, readers, all - unproven - readers);
  }

  /** All of them. */
  int all() {
    return unproven + readers + deployers;
  }

  /** Those for clients of a role. */
  int of(Role role) {
    return switch (role) {
      case NONE -> unproven;
      case READ -> readers;
      case DEPLOY -> deployers;
    };
  }
}
