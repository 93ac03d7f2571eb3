package dev.fastdeploy.release.format;

import dev.fastdeploy.contract.Diagnostics;
import java.io.BufferedInputStream;
import java.io.EOFException;
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
   * @throws OtherFormatException if the header, which is read at once, is not a valid one
   * @throws EOFException if it is cut off
   */
  static InputStream unpack(BufferedInputStream packed) throws IOException {
    try {
      return new GzipMembers(packed);
    } catch (EOFException cutOff) {
      throw cutOff;
    } catch (IOException damaged) {
      throw new OtherFormatException(
          "its header is damaged (" + Diagnostics.reason(damaged) + "); build or copy it again");
    }
  }

  static OutputStream pack(OutputStream packed) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
    return new GzipCompressorOutputStream(packed, parameters);
  }
}
