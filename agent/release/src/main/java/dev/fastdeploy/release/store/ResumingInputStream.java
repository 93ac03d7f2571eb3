package dev.fastdeploy.release.store;

import dev.fastdeploy.release.format.PieceStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Continues where a broken connection left off. When a fleet of thousands fetches a release at
 * once, some connections break, and fetching everything again would make it worse. For one thread.
 */
final class ResumingInputStream extends PieceStream {

  /** Opens the content for reading. */
  interface Opener {

    /** Opens it at a position. */
    InputStream openAt(long position) throws IOException;
  }

  private final Opener opener;
  private final long size;
  private InputStream current;
  private long position;
  private int resumptionsLeft;

  /**
   * Opens the first connection.
   *
   * @param size the total size; a connection that ends earlier is broken
   * @param resumptions how often a connection may break
   */
  ResumingInputStream(Opener opener, long size, int resumptions) throws IOException {
    this.opener = opener;
    this.size = size;
    this.resumptionsLeft = resumptions;
    this.current = opener.openAt(0);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (true) {
      try {
        int count = current.read(bytes, offset, length);
        if (count < 0 && position < size) {
          throw new EOFException(
              "the connection ended after " + position + " of " + size + " bytes");
        }
        position += Math.max(count, 0);
        return count;
      } catch (IOException broken) {
        resume(broken);
      }
    }
  }

  private void resume(IOException broken) throws IOException {
    if (resumptionsLeft == 0) {
      throw broken;
    }
    resumptionsLeft--;
    try {
      current.close();
    } catch (IOException alsoBroken) {
      broken.addSuppressed(alsoBroken);
    }
    current = opener.openAt(position);
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
