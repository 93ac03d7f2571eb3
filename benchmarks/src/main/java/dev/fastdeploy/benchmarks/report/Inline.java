package dev.fastdeploy.benchmarks.report;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Tells words from code: code stands between two backticks. */
final class Inline {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private Inline() {}

  /** Writes a text, its words and its code each in their own way. */
  static String write(String text, UnaryOperator<String> words, UnaryOperator<String> code) {
    StringBuilder written = new StringBuilder();
    int end = 0;
    for (MatchResult match : CODE.matcher(text).results().toList()) {
      written.append(words.apply(text.substring(end, match.start())));
      written.append(code.apply(match.group(1)));
      end = match.end();
    }
    return written.append(words.apply(text.substring(end))).toString();
  }
}
