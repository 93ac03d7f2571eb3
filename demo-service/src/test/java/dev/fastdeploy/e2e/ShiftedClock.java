package dev.fastdeploy.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock that can be set for some processes alone: libfaketime stands between them and the
 * kernel's. Where it is not installed a test is skipped.
 */
final class ShiftedClock {

  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final Path library;
  private final Path file;

  private ShiftedClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** A clock that is right so far. */
  static ShiftedClock in(Path folder) throws IOException {
    Optional<Path> library = library();
    assumeTrue(library.isPresent(), "libfaketime is not installed, so no clock can be set");
    ShiftedClock clock = new ShiftedClock(library.get(), folder.resolve("clock"));
    clock.set(Duration.ZERO);
    return clock;
  }

  /** Sets it, for all processes with its environment at once. */
  void set(Duration off) throws IOException {
    Path next = Files.writeString(file.resolveSibling("clock-next"), seconds(off) + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String seconds(Duration off) {
    return (off.isNegative() ? "" : "+") + off.toSeconds();
  }

  /** The variables of a process whose clock it is. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // Else it takes the JVM's monotonic deadlines for others, and each wait becomes a spin.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
        "NO_FAKE_STAT", "1");
  }

  private static Optional<Path> library() throws IOException {
    try (Stream<Path> files =
        Files.find(LIBRARIES, 3, (path, any) -> path.endsWith("faketime/libfaketime.so.1"))) {
      return files.findFirst();
    }
  }
}
