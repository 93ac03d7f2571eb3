package dev.fastdeploy.release;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Zstandard, by a native library. The library is loaded when the first {@code .tar.zst} is met and
 * not before; zstd-jni copies it into {@code java.io.tmpdir} for that, so this directory must be
 * writable and must not be mounted {@code noexec}. The copy is removed when the JVM exits, unless
 * it is killed or halted.
 */
final class Zstd {

  /**
   * Jars, most of a release, are compressed already: higher levels cost several times the time for
   * a percent or two. Unpacking takes the same time at every level.
   */
  private static final int LEVEL = 9;

  /**
   * The most memory that an archive may ask of a service's container to be unpacked, as a power of
   * two: 8 MiB, enough for every level up to 19.
   */
  private static final int LARGEST_WINDOW = 23;

  private Zstd() {}

  static InputStream unpack(InputStream packed) throws IOException {
    try {
      return new ZstdInputStreamNoFinalizer(packed).setLongMax(LARGEST_WINDOW);
    } catch (LinkageError noLibrary) {
      throw unavailable(noLibrary);
    }
  }

  static OutputStream pack(OutputStream packed) throws IOException {
    try {
      return new ZstdOutputStreamNoFinalizer(packed, LEVEL).setChecksum(true);
    } catch (LinkageError noLibrary) {
      throw unavailable(noLibrary);
    }
  }

  private static IOException unavailable(LinkageError cause) {
    return new IOException(
        "the zstd library could not be loaded from java.io.tmpdir '"
            + System.getProperty("java.io.tmpdir")
            + "'; make it writable and executable, or publish .tar.gz",
        cause);
  }
}
