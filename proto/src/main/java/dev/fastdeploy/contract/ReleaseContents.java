package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The contents of a release when it was staged, recorded in the home's state. A service runs in its
 * release's directory and writes there; the record tells its files from the release's own.
 */
public final class ReleaseContents {

  private ReleaseContents() {}

  /**
   * Records the contents of a release.
   *
   * @param release its directory in the home, which need not exist yet
   * @param paths the paths of its files, directories and links, relative to it; without line ends
   */
  public static void write(Path release, Collection<String> paths) throws IOException {
    DurableFiles.write(
        fileOf(release), (String.join("\n", paths) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns what was recorded of a release; empty for the image's, and for one staged by a version
   * that recorded nothing.
   */
  public static Optional<Set<String>> read(Path release) throws IOException {
    try {
      return Optional.of(
          new HashSet<>(Files.readAllLines(fileOf(release), StandardCharsets.UTF_8)));
    } catch (NoSuchFileException notRecorded) {
      return Optional.empty();
    }
  }

  /** Forgets a release. */
  public static void delete(Path release) throws IOException {
    Files.deleteIfExists(fileOf(release));
  }

  private static Path fileOf(Path release) {
    return release.resolve("../../state/contents-" + release.getFileName()).normalize();
  }
}
