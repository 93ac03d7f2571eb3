package dev.fastdeploy.release.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The format of a release's archive, a compressed tar. The archive's name says it. What differs
 * between formats is here and nowhere else: a new one is a new constant.
 */
public enum ReleaseFormat {
  TAR_GZ(FileKind.GZIP, "gz", ".tar.gz", ".tgz") {
    @Override
    InputStream decompress(BufferedInputStream packed) throws IOException {
      return Gzip.unpack(packed);
    }

    @Override
    public OutputStream pack(OutputStream packed) throws IOException {
      return Gzip.pack(packed);
    }
  },

  TAR_ZST(FileKind.ZSTD, "zst", ".tar.zst", ".tzst") {
    @Override
    InputStream decompress(BufferedInputStream packed) throws IOException {
      return Zstd.unpack(new ZstdFrames(packed));
    }

    @Override
    public OutputStream pack(OutputStream packed) throws IOException {
      return Zstd.pack(packed);
    }
  };

  /** The short names of all formats, for the help of an option. */
  public static final String SHORT_NAMES = "gz|zst";

  /** The usual ends of a tarball's name, for messages and help. */
  public static final String TARBALLS = ".tar.gz, .tgz or .tar.zst";

  private static final int BUFFER = 64 * 1024;

  private final FileKind kind;
  private final String shortName;
  private final String suffix;
  private final String shortSuffix;

  ReleaseFormat(FileKind kind, String shortName, String suffix, String shortSuffix) {
    this.kind = kind;
    this.shortName = shortName;
    this.suffix = suffix;
    this.shortSuffix = shortSuffix;
  }

  /** Returns the format that a user calls by its short name. */
  public static Optional<ReleaseFormat> called(String shortName) {
    for (ReleaseFormat format : values()) {
      if (format.shortName.equals(shortName)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Returns the format of a tarball, which the end of its name says. */
  public static Optional<ReleaseFormat> ofTarball(String name) {
    for (ReleaseFormat format : values()) {
      if (name.endsWith(format.suffix) || name.endsWith(format.shortSuffix)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Returns the suffix of the archive's name in a store, with the first dot. */
  public String suffix() {
    return suffix;
  }

  /**
   * Returns the tar in an archive. Bytes after the compressed data cause an error at its end,
   * unless they are all zeros.
   *
   * @param packed closed with the result
   * @throws OtherFormatException if the archive does not begin as this format does
   */
  public final InputStream unpack(InputStream packed) throws IOException {
    BufferedInputStream file = new BufferedInputStream(packed, BUFFER);
    FileKind found = FileKind.next(file);
    if (found != kind) {
      throw new OtherFormatException(found.mistake());
    }
    return new BufferedInputStream(decompress(file), BUFFER);
  }

  abstract InputStream decompress(BufferedInputStream packed) throws IOException;

  /**
   * Compresses a tar. The same input gives the same output: no time or name is added.
   *
   * @param packed closed with the result
   */
  public abstract OutputStream pack(OutputStream packed) throws IOException;
}
