package dev.fastdeploy.release;

import java.io.IOException;
import java.io.InputStream;

/**
 * The source of a release's files. The manifest is asked for first, then the contents, in whatever
 * order suits the source: an archive is read from start to end, whereas a source with a manifest of
 * its own may fetch file by file.
 */
public interface ReleaseSource {

  /**
   * Returns the manifest of the release.
   *
   * @throws UnsafeArchiveException if it is refused
   * @throws IOException if it cannot be read
   */
  ReleaseManifest manifest() throws IOException;

  /**
   * Delivers the content of each file of the manifest, once.
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
