package dev.fastdeploy.launcher.fleet.source;

import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * The libraries for Redis and ECS. {@code fastdeploy.jar} has them in a folder of its own, which is
 * unpacked only when a user names such a fleet. The payload's loader is a {@link Callable} that
 * does so; any other loader has them already.
 */
final class FleetLibraries {

  private FleetLibraries() {}

  /**
   * Makes the libraries available. Must return before a class that uses one of them is linked.
   *
   * @throws IOException if they cannot be unpacked, with a message for the user
   */
  static void require() throws IOException {
    if (FleetLibraries.class.getClassLoader() instanceof Callable<?> payload) {
      try {
        payload.call();
      } catch (IOException | RuntimeException failure) {
        throw failure;
      } catch (Exception other) {
        throw new IOException(other);
      }
    }
  }
}
