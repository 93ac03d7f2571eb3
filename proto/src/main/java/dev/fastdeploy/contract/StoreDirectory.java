package dev.fastdeploy.contract;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The directory that {@code --store} names: by its path, or as {@code file:/dir}. The launcher,
 * which says at its start what a deploy will lack, reads it as the store does.
 */
public final class StoreDirectory {

  private static final String S3 = "s3://";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  private StoreDirectory() {}

  /**
   * Returns its absolute path.
   *
   * @return empty if the store is a bucket
   * @throws IllegalArgumentException if the value names no store, with a message for the user
   */
  public static Optional<Path> of(String store) {
    if (store.startsWith(S3)) {
      return Optional.empty();
    }
    if (store.startsWith("file:")) {
      return Optional.of(ofUri(store));
    }
    if (store.isBlank() || SCHEME.matcher(store).matches()) {
      throw wrong(store, "is neither s3://BUCKET[/PREFIX] nor a directory");
    }
    Setting.STORE.requireNoTilde(store);
    try {
      return Optional.of(Path.of(store).toAbsolutePath().normalize());
    } catch (InvalidPathException notAPath) {
      throw wrong(store, "is not a directory's name");
    }
  }

  private static Path ofUri(String store) {
    try {
      return Path.of(URI.create(store)).normalize();
    } catch (InvalidPathException notAPath) {
      throw wrong(store, "is not a directory's name");
    } catch (IllegalArgumentException notAUri) {
      throw wrong(store, "is not a file URI; write it like file:/srv/releases");
    }
  }

  private static IllegalArgumentException wrong(String store, String reason) {
    return new IllegalArgumentException(
        Setting.STORE.option() + " '" + Text.shortened(store, 200) + "' " + reason);
  }
}
