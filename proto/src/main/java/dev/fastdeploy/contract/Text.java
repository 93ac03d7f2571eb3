package dev.fastdeploy.contract;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Keeps foreign text safe to show in one line and to carry in one word. */
public final class Text {

  private Text() {}

  /**
   * Returns the text in one line that a terminal shows as it is: a tab becomes a space, and every
   * other character that moves a cursor, ends a line, hides or turns text becomes {@code ?}. These
   * are the Unicode categories Cc, Cf, Zl and Zp (Unicode Standard Annex 44), which include the
   * single-byte forms of escape sequences (U+009B of ECMA-48) and the bidirectional controls of
   * CVE-2021-42574.
   */
  public static String oneLine(String text) {
    int length = text.length();
    for (int at = 0; at < length; at += Character.charCount(text.codePointAt(at))) {
      if (!showsAsItIs(text.codePointAt(at))) {
        return cleaned(text, at);
      }
    }
    return text;
  }

  private static String cleaned(String text, int from) {
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, from);
    int codePoint;
    for (int at = from; at < text.length(); at += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(at);
      if (showsAsItIs(codePoint)) {
        clean.appendCodePoint(codePoint);
      } else {
        clean.append(codePoint == '\t' ? ' ' : '?');
      }
    }
    return clean.toString();
  }

  /** Returns true if a terminal shows a character in its place and does nothing else. */
  public static boolean showsAsItIs(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }

  /**
   * Returns the text as {@link #oneLine} does, cut to a length, fit for an error's one line.
   *
   * @param limit the number of characters kept before the cut, greater than 0
   */
  public static String shortened(String text, int limit) {
    String oneLine = oneLine(text);
    if (oneLine.length() <= limit) {
      return oneLine;
    }
    // Half of a pair is not a character.
    int end = Character.isHighSurrogate(oneLine.charAt(limit - 1)) ? limit - 1 : limit;
    return oneLine.substring(0, end) + "…";
  }

  /** Returns a number with the words that follow it: {@code 1 runs}, {@code 2 run}. */
  public static String counted(long number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }

  /**
   * Returns the text as one word without white space, {@code =} or line ends; see {@link #decoded}.
   */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Reverses {@link #encoded}.
   *
   * @throws IllegalArgumentException if the word was not encoded that way
   */
  static String decoded(String word) {
    return URLDecoder.decode(word, StandardCharsets.UTF_8);
  }
}
