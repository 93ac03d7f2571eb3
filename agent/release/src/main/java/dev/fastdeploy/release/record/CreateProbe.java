package dev.fastdeploy.release.record;

import dev.fastdeploy.release.store.SharedObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Checks that a store creates an object only if it does not exist. A store that ignores the
 * condition would give everybody the lock.
 */
final class CreateProbe {

  private CreateProbe() {}

  /**
   * Creates a new object twice.
   *
   * @param folder where to create it
   * @throws IOException if the second one is not refused, with a message for the user
   */
  static void check(SharedObjects objects, String folder) throws IOException {
    String name = folder + "/probe/" + UUID.randomUUID();
    boolean first = objects.create(name, content("first"));
    boolean second = objects.create(name, content("second"));
    if (!first || second) {
      throw new IOException(
          objects.place(name)
              + " could be created twice: the store ignores 'If-None-Match: *', so two deploys"
              + " could both hold the lock; use a store that supports it");
    }
  }

  private static byte[] content(String which) {
    return which.getBytes(StandardCharsets.UTF_8);
  }
}
