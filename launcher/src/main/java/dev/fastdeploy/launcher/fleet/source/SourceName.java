package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a source in messages and in the record, which many can read. A long name keeps its
 * beginning and a digest, so that different sources keep different names.
 */
final class SourceName {

  private static final int LONGEST = 120;
  private static final int KEPT = 90;
  private static final int DIGEST = 8;

  private static final Pattern SHORTENED = Pattern.compile(" \\([0-9a-f]{8}\\)$");

  private static final Pattern USER_INFO = Pattern.compile("([^\\s/:@'\"]*):(?!//)([^\\s@'\"]+)@");
  private static final Pattern USER_OPTION =
      Pattern.compile("(\\s(?:-u\\s*|--user[\\s=]))('[^']*'|\"[^\"]*\"|\\S+)");
  private static final Pattern HEADER =
      Pattern.compile("(authorization\\s*[:=]\\s*)[^'\"]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRET =
      Pattern.compile(
          "([\\w-]*(?:passw|secret|token|api-?_?key|access-?_?key)[\\w-]*(?:\\s*[=:]\\s*|\\s+))"
              + "('[^']*'|\"[^\"]*\"|[^\\s'\"&]+)",
          Pattern.CASE_INSENSITIVE);

  private SourceName() {}

  static String of(String text) {
    String shown = withoutSecrets(text);
    return shown.length() <= LONGEST
        ? shown
        : Text.shortened(shown, KEPT) + " (" + digest(shown) + ")";
  }

  /** Returns whether a source's name is its whole text. */
  static boolean isWhole(String name) {
    return !name.contains("***") && !SHORTENED.matcher(name).find();
  }

  /** Returns the text in one line, with anything that looks like a secret replaced. */
  static String withoutSecrets(String text) {
    String shown = Text.oneLine(text);
    shown = HEADER.matcher(shown).replaceAll("$1***");
    shown = USER_INFO.matcher(shown).replaceAll("$1:***@");
    shown = USER_OPTION.matcher(shown).replaceAll("$1***");
    return SECRET.matcher(shown).replaceAll("$1***");
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGEST);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("this JDK has no SHA-256", impossible);
    }
  }
}
