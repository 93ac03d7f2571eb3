package dev.fastdeploy.agent.reload.module;

import java.util.ArrayList;
import java.util.List;

/** The words of a file that the java launcher reads arguments from ({@code @file}). */
final class ArgumentFile {

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private ArgumentFile(String text) {
    this.text = text;
  }

  /** Splits by the launcher's rules: white space, quotes, escapes within them, comments. */
  static List<String> words(String text) {
    ArgumentFile file = new ArgumentFile(text);
    file.read();
    return file.words;
  }

  private void read() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '#' && !inWord) {
        skipComment();
      } else if (c == '"' || c == '\'') {
        inWord = true;
        readQuoted(c);
      } else if (Character.isWhitespace(c)) {
        endWord();
      } else {
        inWord = true;
        word.append(c);
      }
    }
    endWord();
  }

  private void skipComment() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private void readQuoted(char quote) {
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        readEscaped(text.charAt(at++));
      } else {
        word.append(c);
      }
    }
    at++;
  }

  private void readEscaped(char c) {
    switch (c) {
      case 'n' -> word.append('\n');
      case 'r' -> word.append('\r');
      case 't' -> word.append('\t');
      case 'f' -> word.append('\f');
      case '\n' -> skipIndentation();
      default -> word.append(c);
    }
  }

  /**
   * Handles a backslash at the end of a line: the quoted word continues after the next line's
   * indentation.
   */
  private void skipIndentation() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
