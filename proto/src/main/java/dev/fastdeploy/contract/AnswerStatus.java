package dev.fastdeploy.contract;

/**
 * Finds the status of an HTTP answer as its bytes arrive: of the final one, which interim answers
 * such as {@code 100 Continue} may precede. Knows it as soon as the three digits are there,
 * whatever follows them. Not thread-safe.
 */
final class AnswerStatus {

  /** More bytes are needed. */
  static final int UNKNOWN = -1;

  /** The connection ended before the first byte. */
  static final int NONE = -2;

  /** This is no answer of HTTP/1. */
  static final int NOT_HTTP = -3;

  /** Digits stand for any digit, and the last place for a space or the end of the line. */
  private static final String FORM = "HTTP/0.0 000";

  private static final int STATUS_AT = FORM.length() - 3;
  private static final int SWITCHING_PROTOCOLS = 101;

  /** So much may come before the final answer. */
  private static final int MOST_BYTES = 64 * 1024;

  private final StringBuilder begun = new StringBuilder(FORM.length());
  private int bytes;
  private int value = UNKNOWN;

  /** In an interim answer: how much of a line was read, of which only the end counts. */
  private boolean interim;

  private boolean lineIsEmpty;

  /** What is known: a status, or one of the constants. */
  int value() {
    return value;
  }

  /** Takes the next byte. */
  void add(byte next) {
    if (value != UNKNOWN) {
      return;
    }
    if (++bytes > MOST_BYTES) {
      value = NOT_HTTP;
    } else if (interim) {
      skip(next);
    } else {
      addToStatusLine((char) (next & 0xff));
    }
  }

  /** Nothing follows. */
  void end() {
    if (value == UNKNOWN) {
      if (begun.length() == FORM.length() && !interim) {
        value = status();
      } else {
        value = bytes == 0 ? NONE : NOT_HTTP;
      }
    }
  }

  private void addToStatusLine(char next) {
    int at = begun.length();
    if (at == 0 && (next == '\r' || next == '\n')) {
      return;
    }
    if (at < FORM.length()) {
      char expected = FORM.charAt(at);
      boolean fits = expected == '0' ? next >= '0' && next <= '9' : next == expected;
      if (fits) {
        begun.append(next);
      } else {
        value = NOT_HTTP;
      }
    } else if (next == ' ' || next == '\r' || next == '\n') {
      decide(next);
    } else {
      value = NOT_HTTP;
    }
  }

  private void decide(char next) {
    int status = status();
    if (status >= 200 || status == SWITCHING_PROTOCOLS || status < 100) {
      value = status;
    } else {
      interim = true;
      lineIsEmpty = next == '\n';
      begun.setLength(0);
    }
  }

  private int status() {
    return Integer.parseInt(begun.substring(STATUS_AT));
  }

  /** An interim answer ends with an empty line, and the next status line follows. */
  private void skip(byte next) {
    if (next == '\n') {
      interim = !lineIsEmpty;
      lineIsEmpty = true;
    } else if (next != '\r') {
      lineIsEmpty = false;
    }
  }
}
