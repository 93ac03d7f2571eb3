package dev.fastdeploy.release.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The kinds of file that people take for a release, told by how they begin. What a file is named is
 * often not what it is.
 */
enum FileKind {
  GZIP("it is gzip; give it a name that ends with .tar.gz"),
  ZSTD("it is zstd; give it a name that ends with .tar.zst"),
  ZIP("it is a zip or a jar; publish a directory with its files, or make a tarball of them"),
  XZ("it is compressed with xz; compress it with gzip or zstd"),
  BZIP2("it is compressed with bzip2; compress it with gzip or zstd"),
  TAR("it is a tar that is not compressed; compress it with gzip or zstd"),
  EMPTY("it is empty; build it again"),
  OTHER("it begins as neither gzip nor zstd does; build it again");

  /** Enough for the mark of a tar, which is not at its beginning. */
  private static final int MOST = 512;

  private static final int TAR_MARK_AT = 257;

  private final String mistake;

  FileKind(String mistake) {
    this.mistake = mistake;
  }

  /** Returns what it is instead of the expected kind, and what to do; half a line. */
  String mistake() {
    return mistake;
  }

  /** Returns the kind of file that a stream holds, and leaves the stream where it is. */
  static FileKind next(BufferedInputStream file) throws IOException {
    file.mark(MOST);
    byte[] first = file.readNBytes(MOST);
    file.reset();
    return of(first);
  }

  private static FileKind of(byte[] first) {
    if (first.length == 0) {
      return EMPTY;
    } else if (has(first, 0, 0x1F, 0x8B)) {
      return GZIP;
    } else if (has(first, 0, 0x28, 0xB5, 0x2F, 0xFD) || isSkippable(first)) {
      return ZSTD;
    } else if (has(first, 0, 'P', 'K', 3, 4) || has(first, 0, 'P', 'K', 5, 6)) {
      return ZIP;
    } else if (has(first, 0, 0xFD, '7', 'z', 'X', 'Z', 0)) {
      return XZ;
    } else if (has(first, 0, 'B', 'Z', 'h')) {
      return BZIP2;
    }
    byte[] mark = "ustar".getBytes(StandardCharsets.US_ASCII);
    int end = TAR_MARK_AT + mark.length;
    return first.length >= end && Arrays.equals(first, TAR_MARK_AT, end, mark, 0, mark.length)
        ? TAR
        : OTHER;
  }

  /** Zstd may begin with a frame that is not for the reader. */
  private static boolean isSkippable(byte[] first) {
    return has(first, 1, 0x2A, 0x4D, 0x18) && (first[0] & 0xF0) == 0x50;
  }

  private static boolean has(byte[] first, int at, int... wanted) {
    if (first.length < at + wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if ((first[at + i] & 0xFF) != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
