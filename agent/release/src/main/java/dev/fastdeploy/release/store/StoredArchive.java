package dev.fastdeploy.release.store;

import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.io.InputStream;

/**
 * An archive in a store.
 *
 * @param format its format
 * @param size its size in bytes
 * @param sha256 the digest that its bytes must have, in lower-case hex
 * @param source opens it
 * @param recorded whether a record says that these bytes were published as that commit; earlier
 *     versions did not write one
 */
public record StoredArchive(
    ReleaseFormat format, long size, String sha256, Source source, boolean recorded) {

  /** Creates an archive that is recorded. */
  public StoredArchive(ReleaseFormat format, long size, String sha256, Source source) {
    this(format, size, sha256, source, true);
  }

  /** Opens an archive for reading from its first byte. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }
}
