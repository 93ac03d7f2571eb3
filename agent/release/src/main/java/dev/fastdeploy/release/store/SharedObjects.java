package dev.fastdeploy.release.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Small objects that several machines agree by, with one way to write: create what is not there.
 * Nothing is replaced or removed. Names are relative, their parts separated by slashes.
 */
public interface SharedObjects extends AutoCloseable {

  /**
   * Creates an object, whole or not at all. Safe to be tried again with the same content: what is
   * there already with that content counts as created. So contents must tell their writers apart.
   *
   * @return false if another content is there
   * @throws IOException if nobody knows, with a message for the user; try again
   */
  boolean create(String name, byte[] content) throws IOException;

  /** Reads an object; empty if it is not there. */
  Optional<byte[]> read(String name) throws IOException;

  /**
   * Lists what lies directly in a folder, objects and folders, in order of their names.
   *
   * @param folder without a slash at its end
   * @param after lists names that come after this one; empty for all
   * @param most how many names at most
   */
  List<String> list(String folder, String after, int most) throws IOException;

  /** Where an object lies, for messages. */
  String place(String name);

  @Override
  void close();

  /** Opens those of a location. The AWS SDK is loaded only for a location in S3. */
  static SharedObjects open(StoreLocation location) throws IOException {
    StoreLocation.Place place = location.place();
    if (place instanceof StoreLocation.Bucket bucket) {
      return new S3Objects(location, bucket);
    }
    return new DirectoryObjects(((StoreLocation.Directory) place).path());
  }
}
