package dev.fastdeploy.benchmarks.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A script or a style sheet of our own choice inside a page.
 *
 * @param text without anything that would end the element around it
 */
record InlineSource(String text) {

  private static final Pattern END = Pattern.compile("(?i)</(script|style)|<!--");

  InlineSource {
    if (END.matcher(text).find()) {
      throw new IllegalArgumentException(
          "a script or style sheet contains the end of its element: it cannot stand inside a page");
    }
  }

  /** As a page's content security policy names it. */
  String digest() {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
