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
 * Where a command unpacks its libraries.
 *
 * @param cacheHome where the user's caches lie, if the user says so
 * @param userHome as the JVM tells it
 */
record PayloadPlaces(Settings settings, @Nullable String cacheHome, @Nullable String userHome) {

  /** The home's where there is one, for it is ours already; else a command's. */
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
   * Never the home's, whose volume is as large as an instance needs it. The user's cache, which a
   * container's user often cannot write; then a temporary one that later commands find again.
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
   * The user's cache, or nothing where only a path relative to the working directory is known of
   * it: {@code user.home} is {@code ?} for a user without an entry in {@code /etc/passwd}, and what
   * lies in the working directory goes out with the next {@code publish .}.
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
