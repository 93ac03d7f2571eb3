package dev.fastdeploy.benchmarks.staging;

import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell script in fastdeploy's place: {@code curl | tar}, then a rename. It verifies no checksum
 * and checks no path or free space; whether it syncs is up to the caller.
 */
public final class CurlAndTar {

  private static final String UNPACK =
      """
      target=$1; shift
      mkdir "$target.new" &&
      curl -sf "$@" | tar -xz -C "$target.new" &&
      """;

  private static final String SYNC = "find \"$target.new\" -exec sync {} + && ";

  private static final String RENAME = "mv \"$target.new\" \"$target\"";

  private static final String SYNC_PARENT = " && sync \"$(dirname \"$target\")\"";

  private CurlAndTar() {}

  /**
   * Lays out a release.
   *
   * @param synced whether its files and directories are on the disk afterwards, as fastdeploy's are
   * @return the directory
   * @throws IOException if a program fails, or there is no curl
   */
  public static Path stage(Source source, PublishedRelease release, Path releases, boolean synced)
      throws IOException, InterruptedException {
    if (release.format() != ReleaseFormat.TAR_GZ) {
      throw new IllegalArgumentException(
          "the script unpacks " + ReleaseFormat.TAR_GZ + " only, not " + release.format());
    }
    Path target = releases.resolve(release.commit().id());
    List<String> words = new ArrayList<>(List.of("sh", "-c"));
    words.add(synced ? UNPACK + SYNC + RENAME + SYNC_PARENT : UNPACK + RENAME);
    words.add("sh");
    words.add(target.toString());
    words.addAll(source.curlArguments(release));
    Process shell =
        new ProcessBuilder(words)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int code = shell.waitFor();
      if (code != 0 || !Files.isDirectory(target)) {
        throw new IOException("curl and tar ended with " + code + "; are both there?");
      }
      return target;
    } finally {
      shell.destroyForcibly();
    }
  }
}
