package dev.fastdeploy.launcher;

import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Payload;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The places where a command may unpack its libraries.
 *
 * @param cacheHome the directory of the user's caches, or null if the user names none
 * @param userHome the user's home as the JVM reports it
 */
record PayloadPlaces(Settings settings, @Nullable String cacheHome, @Nullable String userHome) {

  /** Returns the home's place if there is a home, since that is ours already; else a command's. */
  Path ofAll() throws IOException {
    Optional<Home> home = settings.said(Setting.HOME).map(given -> new Home(Path.of(given)));
    if (home.isPresent() && settings.said(Setting.PAYLOAD_DIR).isEmpty()) {
      try {
        home.get().createRoot();
        if (isMadeWritable(home.get().payload())) {
          return home.get().payload();
        }
      } catch (IOException unwritable) {
        // A command needs no home.
      }
    }
    return ofFleets();
  }

  /**
   * Returns the user's cache or, since a container's user often cannot write there, a temporary
   * directory that later commands find again. Never the home's: its volume is sized for an
   * instance.
   */
  Path ofFleets() throws IOException {
    if (settings.said(Setting.PAYLOAD_DIR).isPresent()) {
      return Path.of(settings.required(Setting.PAYLOAD_DIR));
    }
    Optional<Path> cache = cache();
    return cache.isPresent() && isMadeWritable(cache.get())
        ? cache.get()
        : Payload.temporaryDirectory();
  }

  private static boolean isMadeWritable(Path directory) {
    try {
      DurableFiles.createPrivateDirectory(directory);
      return Files.isWritable(directory);
    } catch (IOException unwritable) {
      return false;
    }
  }

  /**
   * Returns the user's cache, or empty if only a relative path is known: {@code user.home} is
   * {@code ?} for a user without an entry in {@code /etc/passwd}, and a cache in the working
   * directory would be published with the next {@code publish .}.
   */
  Optional<Path> cache() {
    return Optional.ofNullable(cacheHome)
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(
            () ->
                Optional.ofNullable(userHome)
                    .map(Path::of)
                    .filter(Path::isAbsolute)
                    .map(home -> home.resolve(".cache")))
        .map(cache -> cache.resolve("fastdeploy"));
  }
}
