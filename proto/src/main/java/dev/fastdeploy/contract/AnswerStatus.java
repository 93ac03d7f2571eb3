package dev.fastdeploy.contract;

/**
 * Finds the status of an HTTP response as its bytes arrive: that of the final response, which
 * interim ones such as {@code 100 Continue} may precede. Knows it as soon as the three digits are
 * there, whatever follows them. Not thread-safe.
 */
final class AnswerStatus {

  /** More bytes are needed. */
  static final int UNKNOWN = -1;

  /** The connection ended before the first byte. */
  static final int NONE = -2;

  /** This is not an HTTP/1 response. */
  static final int NOT_HTTP = -3;

  /** A zero stands for any digit. A space or the end of the line must follow. */
  private static final String FORM = "HTTP/0.0 000";

  private static final int STATUS_AT = FORM.length() - 3;
  private static final int SWITCHING_PROTOCOLS = 101;

  /** The number of bytes within which the final status must come. */
  private static final int MOST_BYTES = 64 * 1024;

  private final StringBuilder begun = new StringBuilder(FORM.length());
  private int bytes;
  private int value = UNKNOWN;

  /** True within an interim response. It is skipped; only its end matters. */
  private boolean interim;

  private boolean lineIsEmpty;

  /** Returns what is known: a status, or one of the constants. */
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

  /** Records that nothing follows. */
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

  /** Skips an interim response. It ends with an empty line, and the next status line follows. */
  private void skip(byte next) {
    if (next == '\n') {
      interim = !lineIsEmpty;
      lineIsEmpty = true;
    } else if (next != '\r') {
      lineIsEmpty = false;
    }
  }
}
