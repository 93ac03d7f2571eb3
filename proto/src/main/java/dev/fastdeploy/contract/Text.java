package dev.fastdeploy.contract;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Keeps foreign text safe to show in one line and to carry in one word. */
public final class Text {

  private Text() {}

  /**
   * The text with control characters replaced and cut to a length, fit for an error's one line.
   *
   * @param limit characters kept before the text is cut, greater than 0
   */
  public static String shortened(String text, int limit) {
    String oneLine = text.replaceAll("\\p{Cntrl}", "?");
    return oneLine.length() <= limit ? oneLine : oneLine.substring(0, limit) + "…";
  }

  /** The text as one word without white space, {@code =} or line ends; see {@link #decoded}. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * The inverse of {@link #encoded}.
   *
   * @throws IllegalArgumentException if the word was not encoded so
   */
  static String decoded(String word) {
    return URLDecoder.decode(word, StandardCharsets.UTF_8);
  }
}
