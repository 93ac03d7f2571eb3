package dev.fastdeploy.agent;

import dev.fastdeploy.contract.OpenFilesLimit;
import java.io.IOException;

/**
 * Checks that the process may open enough files for the agent. The agent and its libraries open
 * some 75, which would leave none for a service that may open 64.
 */
final class DescriptorLimit {

  private static final long LEAST = 128;

  private DescriptorLimit() {}

  /**
   * Refuses a limit that is too low.
   *
   * @throws IOException with a message for the user
   */
  static void require() throws IOException {
    require(OpenFilesLimit.ofThisProcess().orElse(LEAST));
  }

  static void require(long limit) throws IOException {
    if (limit < LEAST) {
      throw new IOException(
          "the service may open only "
              + limit
              + " files; raise the limit (ulimit -n) to "
              + LEAST
              + " and what the service needs");
    }
  }
}
