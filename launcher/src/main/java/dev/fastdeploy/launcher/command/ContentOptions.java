package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Text;
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
}
