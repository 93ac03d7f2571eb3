package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which bytes a commit stands for. */
final class ContentOptions {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "of the commit's archive, as publish prints it; refused where it is another")
  private @Nullable String sha256;

  /**
   * The digest, lower-case; empty if none was given.
   *
   * @throws IllegalArgumentException if it is none, with a message for the user
   */
  String sha256() {
    if (sha256 == null) {
      return "";
    }
    String digest = sha256.toLowerCase(Locale.ROOT);
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException(
          "--sha256 '" + Text.shortened(sha256, 80) + "' is not 64 hex digits; publish prints it");
    }
    return digest;
  }

  /**
   * What follows the line about a release in a home: that its digest could not be compared, if one
   * was given. Of an image's release, and of what an earlier version staged, none is known.
   */
  String doubt(Home home, Commit commit) throws IOException {
    return sha256 == null || home.state().digests().containsKey(commit)
        ? ""
        : "; nothing tells which archive it came in, its SHA-256 was not compared";
  }
}
