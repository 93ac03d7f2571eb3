package dev.fastdeploy.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the process may open enough files for the agent. It opens some 75, its libraries among
 * them, and would leave none to a service that may open 64.
 */
final class DescriptorLimit {

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String OPEN_FILES = "Max open files";
  private static final int LEAST = 128;

  private DescriptorLimit() {}

  /**
   * Refuses a limit that is too low.
   *
   * @throws IOException with a message for the user
   */
  static void require() throws IOException {
    String limits;
    try {
      limits = Files.readString(LIMITS, StandardCharsets.ISO_8859_1);
    } catch (IOException notTold) {
      return;
    }
    require(limits);
  }

  /**
   * The same for what {@code /proc/PID/limits} says (proc(5)).
   *
   * @throws IOException with a message for the user
   */
  static void require(String limits) throws IOException {
    int at = limits.indexOf(OPEN_FILES);
    if (at < 0) {
      return;
    }
    int limit = 0;
    for (char digit : limits.substring(at + OPEN_FILES.length()).stripLeading().toCharArray()) {
      if (digit < '0' || digit > '9' || limit >= LEAST) {
        break;
      }
      limit = limit * 10 + digit - '0';
    }
    if (limit > 0 && limit < LEAST) {
      throw new IOException(
          "the service may open only "
              + limit
              + " files; raise the limit (ulimit -n) to "
              + LEAST
              + " and what the service needs");
    }
  }
}
