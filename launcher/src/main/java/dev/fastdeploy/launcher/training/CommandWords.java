package dev.fastdeploy.launcher.training;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a command into words as a POSIX shell does (XCU 2.2): blanks between words, single and
 * double quotes, backslashes. It expands nothing: neither variables nor patterns, so that {@code
 * lib/*} reaches {@code java} as it is.
 */
public final class CommandWords {

  private final String text;
  private final List<String> words = new ArrayList<>();
  private @Nullable StringBuilder word;
  private int at;

  private CommandWords(String text) {
    this.text = text;
  }

  /**
   * Returns the words of a command.
   *
   * @throws IllegalArgumentException if a quote is not closed, with a message for the user
   */
  public static List<String> split(String text) {
    return new CommandWords(text).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (Character.isWhitespace(c)) {
        endWord();
      } else if (c == '\'') {
        quoted('\'', false);
      } else if (c == '"') {
        quoted('"', true);
      } else if (c == '\\' && at < text.length()) {
        add(text.charAt(at++));
      } else {
        add(c);
      }
    }
    endWord();
    return List.copyOf(words);
  }

  private void quoted(char quote, boolean escapes) {
    StringBuilder into = word();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return;
      }
      boolean escaped =
          escapes && c == '\\' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0;
      into.append(escaped ? text.charAt(at++) : c);
    }
    throw new IllegalArgumentException(
        "the command '" + text + "' has a quote " + quote + " that is not closed");
  }

  private void add(char c) {
    word().append(c);
  }

  private StringBuilder word() {
    StringBuilder present = word;
    if (present == null) {
      present = new StringBuilder();
      word = present;
    }
    return present;
  }

  private void endWord() {
    if (word != null) {
      words.add(word.toString());
      word = null;
    }
  }
}
