package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A store of releases' archives: {@code <prefix>/<app>/<commit>.tar.gz} or {@code .tar.zst}, with
 * the SHA-256 beside it ({@code .sha256}, in the format of sha256sum), and {@code
 * <commit>.release.sha256}, which says which of the two it is. A published commit never changes.
 * Thread-safe.
 */
public interface ReleaseStore extends Closeable {

  /**
   * Finds the archive of a commit.
   *
   * @return the archive, or nothing if the commit was never published
   * @throws UnfinishedPublicationException if a part of it is missing
   * @throws IOException if the store cannot be reached, or has two archives of the commit, with a
   *     message for the user
   */
  Optional<StoredArchive> find(Commit commit) throws IOException;

  /**
   * Publishes an archive and its checksum, without replacing an existing one.
   *
   * @param archive the file to publish
   * @param format its format
   * @param sha256 its digest, in lower-case hex
   * @throws java.nio.file.FileAlreadyExistsException if the commit is already published
   * @throws IOException if the store cannot be reached, with a message for the user
   */
  void publish(Commit commit, Path archive, ReleaseFormat format, String sha256) throws IOException;

  /** Returns the application whose archives these are. */
  String app();

  /** Returns the store as a user knows it: URI and application. */
  String description();

  @Override
  default void close() {}

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
  record StoredArchive(
      ReleaseFormat format, long size, String sha256, Source source, boolean recorded) {

    /** Creates an archive that is recorded. */
    public StoredArchive(ReleaseFormat format, long size, String sha256, Source source) {
      this(format, size, sha256, source, true);
    }
  }

  /** Opens an archive for reading from its first byte. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }
}
