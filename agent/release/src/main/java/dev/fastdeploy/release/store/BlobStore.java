package dev.fastdeploy.release.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The blobs of one application in one place, each with a name. A blob appears completely or not at
 * all, and is never replaced. Knows nothing of releases, so that {@link PublishedReleases} is the
 * same for every place. Thread-safe.
 */
interface BlobStore extends Closeable {

  /**
   * Returns the content of a small blob, or the first {@link Checksum#LONGEST_FILE} bytes of a
   * larger one; empty if it does not exist.
   *
   * @throws PerhapsMissingException if the place does not tell whether it exists
   * @throws IOException if the place cannot be read, with a message for the user
   */
  Optional<byte[]> head(String name) throws IOException;

  /**
   * Returns the size of a blob in bytes; empty if it does not exist.
   *
   * @throws PerhapsMissingException if the place does not tell whether it exists
   * @throws IOException if the place cannot be read, with a message for the user
   */
  Optional<Long> size(String name) throws IOException;

  /** Opens a blob of a known size for reading from its first byte. */
  InputStream open(String name, long size) throws IOException;

  /**
   * Prepares the place for a file and the small blobs beside it. Called before the first of them is
   * put.
   *
   * @throws IOException if the place cannot take the file
   */
  void prepareFor(Path content) throws IOException;

  /**
   * Creates a blob with the content of a file.
   *
   * @return false if it exists already
   */
  boolean putIfAbsent(String name, Path content, Checksum checksum) throws IOException;

  /**
   * Creates a small blob.
   *
   * @return false if it exists already
   */
  boolean putIfAbsent(String name, byte[] content) throws IOException;

  /** Removes a blob. */
  void remove(String name) throws IOException;

  /** Returns a blob's name as a user knows it, in quotes. */
  String place(String name);

  /**
   * Returns the failure of a publication with a message for the user that names the place.
   *
   * @param what what could not be done, such as "'c1' could not be published"
   */
  IOException explain(String what, IOException failure);

  @Override
  void close();
}
