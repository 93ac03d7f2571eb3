package dev.fastdeploy.release;

import dev.fastdeploy.contract.Diagnostics;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar entry by entry from a stream that nobody vouches for: memory, time and what counts as
 * its end are bounded here, as the library's reader bounds none of them. Every failure to read is
 * an {@link UnsafeArchiveException}. For one thread.
 */
final class TarArchive implements Closeable {

  private static final int RECORD = 512;

  /** The reader takes long names and extended headers into memory. */
  private static final long LONGEST_HEADER = 1 << 20;

  /** Header, padding and an extended header for a long name. */
  private static final long USUAL_OVERHEAD = 4096;

  private final Metered unpacked;
  private final TarArchiveInputStream tar;
  private final byte[] waste = new byte[16 * 1024];

  /**
   * @param unpacked the tar itself; closed with this
   */
  TarArchive(InputStream unpacked, StagingLimits limits) {
    this.unpacked =
        new Metered(
            unpacked,
            limits.maxBytes() + (limits.maxEntries() + 1L) * USUAL_OVERHEAD + LONGEST_HEADER);
    // A block of one record: the reader would pass over what lies in the rest of a longer one.
    this.tar =
        new TarArchiveInputStream(
            this.unpacked, RECORD, RECORD, StandardCharsets.UTF_8.name(), false);
  }

  /** The next entry, or null at the end of the archive, which is checked then. */
  @Nullable TarArchiveEntry next() throws UnsafeArchiveException {
    skipContent();
    unpacked.allowHeader(LONGEST_HEADER);
    // The content is padded to whole records, which the reader passes over first.
    long before = (unpacked.position + RECORD - 1) / RECORD * RECORD;
    TarArchiveEntry entry;
    try {
      entry = tar.getNextEntry();
    } catch (IOException | RuntimeException damaged) {
      throw damaged(damaged);
    }
    unpacked.allowContent();
    if (entry == null) {
      if (unpacked.position - before < RECORD) {
        throw new UnsafeArchiveException("the archive is cut off: its end is missing");
      }
      requireNothingMore();
    } else if (!entry.isCheckSumOK()) {
      // The reader finds out, and tells nobody.
      throw UnsafeArchiveException.entry(
          entry.getName(), "has a damaged header; the archive is damaged");
    }
    return entry;
  }

  /** The content of the entry that was returned last. */
  InputStream content() {
    return new FilterInputStream(tar) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return readContent(bytes, offset, length);
      }

      @Override
      public void close() {
        // The archive goes on.
      }
    };
  }

  private void skipContent() throws UnsafeArchiveException {
    while (tar.getCurrentEntry() != null && readContent(waste, 0, waste.length) >= 0) {
      // Passed over.
    }
  }

  private int readContent(byte[] bytes, int offset, int length) throws UnsafeArchiveException {
    try {
      return tar.read(bytes, offset, length);
    } catch (IOException | RuntimeException damaged) {
      throw damaged(damaged);
    }
  }

  /** Archives are padded with zeros; anything else is not part of what tar would unpack. */
  private void requireNothingMore() throws UnsafeArchiveException {
    try {
      for (int count = unpacked.read(waste); count >= 0; count = unpacked.read(waste)) {
        for (int i = 0; i < count; i++) {
          if (waste[i] != 0) {
            throw new UnsafeArchiveException("the archive has more bytes behind its end");
          }
        }
      }
    } catch (IOException damaged) {
      throw damaged(damaged);
    }
  }

  private static UnsafeArchiveException damaged(Exception cause) {
    if (cause instanceof UnsafeArchiveException known) {
      return known;
    }
    return new UnsafeArchiveException(
        "the archive is damaged or cut off (" + Diagnostics.reason(cause) + ")", cause);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** Counts what is read, and ends it at a limit. */
  private static final class Metered extends InputStream {

    private final InputStream source;
    private final long limit;
    private long position;
    private long headerEnd = Long.MAX_VALUE;

    Metered(InputStream source, long limit) {
      this.source = source;
      this.limit = limit;
    }

    void allowHeader(long bytes) {
      headerEnd = position + bytes;
    }

    void allowContent() {
      headerEnd = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = source.read(bytes, offset, length);
      position += Math.max(count, 0);
      if (position > headerEnd) {
        throw new UnsafeArchiveException(
            "the archive has a header larger than " + LONGEST_HEADER + " bytes");
      }
      if (position > limit) {
        throw new UnsafeArchiveException(
            "the archive unpacks to more than " + limit + " bytes (--release-max-bytes)");
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
