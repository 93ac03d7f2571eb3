package dev.fastdeploy.release;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where the files of one release come from. What a release consists of is asked for first, its
 * contents after, in whatever order suits the source: an archive is read from end to end, whereas a
 * source that has a manifest of its own may fetch file by file.
 */
public interface ReleaseSource {

  /**
   * What the release consists of.
   *
   * @throws UnsafeArchiveException if it is refused
   * @throws IOException if it cannot be read
   */
  ReleaseManifest manifest() throws IOException;

  /**
   * Hands over the content of each file of the manifest, once.
   *
   * @throws IOException if it cannot be read, or the sink failed
   */
  void read(Sink sink) throws IOException;

  /** Takes the content of files. */
  @FunctionalInterface
  interface Sink {

    /**
     * Takes one file.
     *
     * @param content from the first byte to the end of this file; not to be closed
     */
    void accept(ReleasePath file, InputStream content) throws IOException;
  }
}
