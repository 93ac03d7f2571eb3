package dev.fastdeploy.release;

import dev.fastdeploy.release.store.ReleaseStore.ArchiveKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Compresses and unpacks archives of either kind. */
final class Compression {

  private static final int BUFFER = 64 * 1024;

  private Compression() {}

  /**
   * Returns the tar in an archive. Bytes after the compressed data cause an error at its end,
   * unless they are all zeros.
   *
   * @param packed closed with the result
   */
  static InputStream unpack(ArchiveKind kind, InputStream packed) throws IOException {
    BufferedInputStream source = new BufferedInputStream(packed, BUFFER);
    InputStream unpacked =
        switch (kind) {
          case TAR_GZ -> new GzipMembers(source);
          case TAR_ZST -> Zstd.unpack(new ZstdFrames(source));
        };
    return new BufferedInputStream(unpacked, BUFFER);
  }

  /**
   * Compresses a tar. The same input gives the same output: no time or name is added.
   *
   * @param packed closed with the result
   */
  static OutputStream pack(ArchiveKind kind, OutputStream packed) throws IOException {
    return switch (kind) {
      case TAR_GZ -> {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
        yield new GzipCompressorOutputStream(packed, parameters);
      }
      case TAR_ZST -> Zstd.pack(packed);
    };
  }
}
