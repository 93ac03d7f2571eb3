package dev.fastdeploy.release;

import dev.fastdeploy.release.format.PieceStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The positions of a sparse file's pieces, between which there are zeros. An archive contains only
 * the pieces, one after the other.
 */
final class SparseMap {

  private final long[] starts;
  private final long[] lengths;
  private final long size;

  private SparseMap(long[] starts, long[] lengths, long size) {
    this.starts = starts;
    this.lengths = lengths;
    this.size = size;
  }

  /** Returns the size of the file with its holes. */
  long size() {
    return size;
  }

  /** Returns the content with its holes, from the pieces in an archive. */
  InputStream layOut(InputStream pieces) {
    return new LaidOut(pieces);
  }

  /** Collects the pieces, in order. */
  static final class Builder {

    private final String name;
    private long[] starts = new long[8];
    private long[] lengths = new long[8];
    private int count;
    private long end;
    private long stored;

    /**
     * @param name the entry's name, for messages
     */
    Builder(String name) {
      this.name = name;
    }

    void add(long start, long length) throws UnsafeArchiveException {
      if (start < end || length < 0 || start > Long.MAX_VALUE - length) {
        throw damaged();
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        lengths = Arrays.copyOf(lengths, count * 2);
      }
      starts[count] = start;
      lengths[count] = length;
      count++;
      end = start + length;
      stored += length;
    }

    /**
     * Returns the map.
     *
     * @param size the size of the file with its holes
     * @param inArchive the bytes that the archive has for it
     */
    SparseMap build(long size, long inArchive) throws UnsafeArchiveException {
      if (end > size || stored != inArchive) {
        throw damaged();
      }
      return new SparseMap(Arrays.copyOf(starts, count), Arrays.copyOf(lengths, count), size);
    }

    UnsafeArchiveException damaged() {
      return UnsafeArchiveException.entry(
          name, "is a sparse file whose map is damaged; the archive is damaged");
    }
  }

  /** Zeros, with the pieces between them. */
  private final class LaidOut extends PieceStream {

    private final InputStream pieces;
    private long position;
    private int next;

    LaidOut(InputStream pieces) {
      this.pieces = pieces;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (next < starts.length && position >= starts[next] + lengths[next]) {
        next++;
      }
      if (position >= size) {
        return -1;
      }
      if (next < starts.length && position >= starts[next]) {
        long left = starts[next] + lengths[next] - position;
        int count = pieces.read(bytes, offset, (int) Math.min(length, left));
        position += Math.max(count, 0);
        return count;
      }
      long holeEnd = next < starts.length ? starts[next] : size;
      int count = (int) Math.min(length, holeEnd - position);
      Arrays.fill(bytes, offset, offset + count, (byte) 0);
      position += count;
      return count;
    }
  }
}
