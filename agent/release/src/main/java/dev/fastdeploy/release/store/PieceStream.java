package dev.fastdeploy.release.store;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read by the piece; a single byte is a piece of one. */
public abstract class PieceStream extends InputStream {

  /** Nothing to be set. */
  protected PieceStream() {}

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
