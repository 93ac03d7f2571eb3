package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the archives of releases lie: {@code <prefix>/<app>/<commit>.tar.gz} or {@code .tar.zst},
 * with the SHA-256 beside it ({@code .sha256}, the form of sha256sum), and {@code
 * <commit>.release.sha256}, which says which of the two it is. A published commit never changes.
 * Thread-safe.
 */
public interface ReleaseStore extends Closeable {

  /**
   * Finds the archive of a commit.
   *
   * @return nothing if the commit was never published
   * @throws UnfinishedPublicationException if something of it is missing
   * @throws IOException if the store cannot be reached, or has two archives of the commit, with a
   *     message for the user
   */
  Optional<StoredArchive> find(Commit commit) throws IOException;

  /**
   * Publishes an archive and its checksum, never over one that is there.
   *
   * @param archive the file to publish
   * @param kind how it is packed
   * @param sha256 lower-case hex
   * @throws java.nio.file.FileAlreadyExistsException if the commit was published before
   * @throws IOException if the store cannot be reached, with a message for the user
   */
  void publish(Commit commit, Path archive, ArchiveKind kind, String sha256) throws IOException;

  /** The application whose archives these are. */
  String app();

  /** The store as a user knows it: URI and application. */
  String description();

  @Override
  default void close() {}

  /** How an archive is packed, which its name tells. */
  enum ArchiveKind {
    TAR_GZ(".tar.gz"),
    TAR_ZST(".tar.zst");

    private final String suffix;

    ArchiveKind(String suffix) {
      this.suffix = suffix;
    }

    /** The end of the archive's name, with the first dot. */
    public String suffix() {
      return suffix;
    }
  }

  /**
   * An archive that lies in a store.
   *
   * @param kind how it is packed
   * @param size in bytes
   * @param sha256 what its bytes must hash to, lower-case hex
   * @param source opens it
   * @param recorded whether a record says that these bytes were published as that commit; one that
   *     an earlier version published has none
   */
  record StoredArchive(
      ArchiveKind kind, long size, String sha256, Source source, boolean recorded) {

    /** One that is recorded. */
    public StoredArchive(ArchiveKind kind, long size, String sha256, Source source) {
      this(kind, size, sha256, source, true);
    }
  }

  /** Opens an archive for reading from its first byte. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }
}
