package dev.fastdeploy.launcher.supervisor.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gathers JSON as bytes, from bytes: a service may print tens of megabytes a second, and strings
 * would be copied four times. What is not UTF-8 becomes U+FFFD, as in the JDK's decoder. Not
 * thread-safe.
 */
final class JsonBytes {

  /** A larger buffer held one line of control characters, and is not kept. */
  private static final int KEPT = 128 * 1024;

  private static final byte[] NO_CHARACTER = "\ufffd".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEX = Json.HEX.getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[1024];
  private int length;

  int length() {
    return length;
  }

  /** Writes everything that was gathered, at once. */
  void writeTo(LogOutput output) throws IOException {
    int count = length;
    byte[] written = bytes;
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[KEPT];
    }
    output.writeOnNewLine(written, count);
  }

  /** Appends bytes as they are. */
  JsonBytes append(byte[] some) {
    return append(some, 0, some.length);
  }

  /** Appends some of the bytes as they are. */
  JsonBytes append(byte[] some, int from, int to) {
    room(to - from);
    System.arraycopy(some, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  /** Appends, as a JSON string, text that is given as UTF-8 bytes. */
  JsonBytes appendString(byte[] text, int from, int to) {
    room(to - from + 2);
    bytes[length++] = '"';
    int i = from;
    while (i < to) {
      int plain = i;
      while (plain < to && isPlain(text[plain])) {
        plain++;
      }
      if (plain > i) {
        append(text, i, plain);
        i = plain;
      } else if (text[i] >= 0) {
        escape(text[i++]);
      } else {
        int sequence = sequence(text, i, to);
        if (sequence > 0) {
          append(text, i, i + sequence);
        } else {
          append(NO_CHARACTER);
        }
        i += Math.abs(sequence);
      }
    }
    room(1);
    bytes[length++] = '"';
    return this;
  }

  private static boolean isPlain(byte one) {
    return one >= ' ' && one != '"' && one != '\\';
  }

  private void escape(byte one) {
    room(6);
    bytes[length++] = '\\';
    switch (one) {
      case '"', '\\' -> bytes[length++] = one;
      case '\n' -> bytes[length++] = 'n';
      case '\t' -> bytes[length++] = 't';
      case '\r' -> bytes[length++] = 'r';
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[one >> 4];
        bytes[length++] = HEX[one & 15];
      }
    }
  }

  /**
   * Returns the number of bytes of a character that begins with one beyond ASCII; negative for a
   * number of bytes that only begin a character.
   */
  static int sequence(byte[] text, int at, int to) {
    int lead = text[at] & 0xff;
    int needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || to - at < 2 || !isSecond(lead, text[at + 1] & 0xff)) {
      return -1;
    }
    for (int i = 2; i < needs; i++) {
      if (to - at <= i || (text[at + i] & 0xc0) != 0x80) {
        return -i;
      }
    }
    boolean surrogate = lead == 0xed && (text[at + 1] & 0xff) >= 0xa0;
    return surrogate ? -needs : needs;
  }

  private static boolean isSecond(int lead, int second) {
    return switch (lead) {
      case 0xe0 -> second >= 0xa0 && second < 0xc0;
      case 0xf0 -> second >= 0x90 && second < 0xc0;
      case 0xf4 -> second >= 0x80 && second < 0x90;
      default -> second >= 0x80 && second < 0xc0;
    };
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1)));
    }
  }
}
