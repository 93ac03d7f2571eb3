package dev.fastdeploy.release;

import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A release ready to be published, in a temporary file that {@link #close} deletes.
 *
 * @param file the archive
 * @param format the archive's format
 * @param sha256 the archive's digest, in lower-case hex
 * @param size the archive's size in bytes
 */
public record PackedRelease(Path file, ReleaseFormat format, String sha256, long size)
    implements Closeable {

  /** Deletes the file. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
