package dev.fastdeploy.release.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Gzip, by commons-compress above the JDK's own zlib. */
final class Gzip {

  private Gzip() {}

  /**
   * @throws OtherFormatException if the header, which is read at once, is not gzip's
   */
  static InputStream unpack(BufferedInputStream packed) throws IOException {
    try {
      return new GzipMembers(packed);
    } catch (IOException noHeader) {
      throw new OtherFormatException(noHeader);
    }
  }

  static OutputStream pack(OutputStream packed) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
    return new GzipCompressorOutputStream(packed, parameters);
  }
}
