package dev.fastdeploy.release.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Reads a gzip stream as gzip does: members one after the other, then perhaps zeros, with which tar
 * pads its output to a pipe or a tape. Anything else after a member is an error.
 */
final class GzipMembers extends PieceStream {

  private final BufferedInputStream packed;
  private InputStream member;
  private boolean ended;

  /**
   * @param packed closed with this
   * @throws IOException if it does not begin with a member
   */
  GzipMembers(BufferedInputStream packed) throws IOException {
    this.packed = packed;
    this.member = newMember(packed);
  }

  /** Reads a member and leaves the stream right after it. */
  private static InputStream newMember(BufferedInputStream packed) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(packed)
        .setDecompressConcatenated(false)
        .get();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int count = member.read(bytes, offset, length);
      if (count > 0) {
        return count;
      }
      if (Padding.isNext(packed)) {
        ended = true;
      } else {
        member = newMember(packed);
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    packed.close();
  }
}
