package dev.fastdeploy.release.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Small objects through which several machines coordinate. The only way to write is to create an
 * object that does not exist. Nothing is replaced or removed. Names are relative, their parts
 * separated by slashes.
 */
public interface SharedObjects extends AutoCloseable {

  /**
   * Creates an object, completely or not at all. Can be retried with the same content: an existing
   * object with that content counts as created. So the content must identify its writer.
   *
   * @return false if there is an object with another content
   * @throws IOException if the result is unknown, with a message for the user; try again
   */
  boolean create(String name, byte[] content) throws IOException;

  /** Returns the content of an object, or empty if it does not exist. */
  Optional<byte[]> read(String name) throws IOException;

  /**
   * Lists the objects and folders directly in a folder, sorted by name.
   *
   * @param folder without a slash at its end
   * @param after lists names that come after this one; empty for all
   * @param most the maximum number of names
   */
  List<String> list(String folder, String after, int most) throws IOException;

  /** Returns the place of an object, for messages. */
  String place(String name);

  @Override
  void close();

  /** Opens the objects of a location. The AWS SDK is loaded only for a location in S3. */
  static SharedObjects open(StoreLocation location) throws IOException {
    StoreLocation.Root root = location.root();
    if (root instanceof StoreLocation.Bucket bucket) {
      return new S3Objects(location, bucket);
    }
    return new DirectoryObjects(((StoreLocation.Directory) root).path());
  }
}
