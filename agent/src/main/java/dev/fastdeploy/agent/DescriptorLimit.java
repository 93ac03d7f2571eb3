package dev.fastdeploy.agent;

import dev.fastdeploy.contract.OpenFilesLimit;
import java.io.IOException;

/**
 * Whether the process may open enough files for the agent. It opens some 75, its libraries among
 * them, and would leave none to a service that may open 64.
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
