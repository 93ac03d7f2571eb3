package dev.fastdeploy.release;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Zstandard, by a native library. The library is loaded when the first {@code .tar.zst} is met and
 * not before. It must be a file in a directory that is not mounted {@code noexec}: of {@code
 * java.io.tmpdir} and the payload's own directory the first that will do. The file is removed as
 * soon as it is loaded.
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
    load(places());
    return new ZstdInputStreamNoFinalizer(packed).setLongMax(LARGEST_WINDOW);
  }

  static OutputStream pack(OutputStream packed) throws IOException {
    load(places());
    return new ZstdOutputStreamNoFinalizer(packed, LEVEL).setChecksum(true);
  }

  private static List<Path> places() throws IOException {
    return List.of(Path.of(System.getProperty("java.io.tmpdir")), payload());
  }

  /** Where zstd-jni's jar lies, beside the other libraries. */
  private static Path payload() throws IOException {
    try {
      Path jar = Path.of(Native.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolveSibling("");
    } catch (URISyntaxException unusual) {
      throw new IOException("cannot tell where zstd-jni lies: " + unusual.getMessage(), unusual);
    }
  }

  /**
   * Loads the library, unless it is loaded. Since JDK 24 a JVM may be told to allow no native code
   * ({@code --illegal-native-access=deny}).
   *
   * @throws IOException if none of the places will do, with a message that names them
   */
  static synchronized void load(List<Path> places) throws IOException {
    StringBuilder why = new StringBuilder();
    for (Path place : places) {
      try {
        loadFrom(place);
        return;
      } catch (IOException | LinkageError | IllegalCallerException unusable) {
        why.append(why.isEmpty() ? "" : "; ").append(Diagnostics.reason(unusable));
      }
    }
    throw new IOException(
        "the zstd library can be loaded from neither of "
            + places
            + ": make one of them writable and executable, or publish .tar.gz ("
            + why
            + ")");
  }

  private static void loadFrom(Path place) throws IOException {
    if (Native.isLoaded()) {
      return;
    }
    Path folder = Files.createTempDirectory(place, "fastdeploy-zstd-");
    try {
      Native.load(folder.toFile());
    } finally {
      DurableFiles.deleteTree(folder);
    }
  }
}
