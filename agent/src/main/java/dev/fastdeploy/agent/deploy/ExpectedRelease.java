package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Text;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A client's knowledge of the release that it names, besides the commit. A value that it does not
 * give is empty.
 *
 * @param app the application
 * @param sha256 digest of the published archive, lower-case hex
 */
public record ExpectedRelease(String app, String sha256) {

  private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{64})?");

  /** The release of which only the commit is known. */
  public static final ExpectedRelease ANY = new ExpectedRelease("", "");

  /**
   * @throws IllegalArgumentException if {@code sha256} is not a digest
   */
  public ExpectedRelease {
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (!DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "the SHA-256 '" + Text.shortened(sha256, 80) + "' is not 64 hex digits");
    }
  }
}
