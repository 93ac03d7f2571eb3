package dev.fastdeploy.release.format;

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
 * Zstandard, through a native library. The library is loaded at the first {@code .tar.zst}, not
 * before. It must be a file in a directory that is not mounted {@code noexec}: {@code
 * java.io.tmpdir} or, if that does not work, the payload's own directory. The file is removed as
 * soon as it is loaded.
 */
final class Zstd {

  /**
   * Jars, which make up most of a release, are already compressed: higher levels cost several times
   * the time for a percent or two. Unpacking takes the same time at every level.
   */
  private static final int LEVEL = 9;

  /**
   * The most memory that unpacking an archive may take in a service's container, as a power of two:
   * 8 MiB, enough for every level up to 19.
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

  /** Returns the directory with zstd-jni's jar and the other libraries. */
  private static Path payload() throws IOException {
    try {
      Path jar = Path.of(Native.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolveSibling("");
    } catch (URISyntaxException unusual) {
      throw new IOException("cannot tell where zstd-jni is: " + unusual.getMessage(), unusual);
    }
  }

  /**
   * Loads the library unless it is already loaded. Since JDK 24 a JVM may be told to allow no
   * native code ({@code --illegal-native-access=deny}).
   *
   * @throws IOException if none of the places works, with a message that names them
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
        "the zstd library cannot be loaded from any of "
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
