package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that pins a commit to the bytes of its archive. */
final class ContentOptions {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description =
          "SHA-256 of the commit's archive, as publish prints it; an instance refuses any other"
              + " archive")
  private @Nullable String sha256;

  /**
   * Returns the digest in lower case, or an empty string if none was given.
   *
   * @throws IllegalArgumentException if it is not a digest, with a message for the user
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
   * Returns what to add to the line about a release in a home: that its digest could not be
   * compared, if one was given. An image's release has no known digest, nor has a release that an
   * earlier version staged.
   */
  String doubt(Home home, Commit commit) throws IOException {
    return sha256 == null || home.state().digests().containsKey(commit)
        ? ""
        : "; its SHA-256 was not compared, because nothing records which archive it came from";
  }
}
