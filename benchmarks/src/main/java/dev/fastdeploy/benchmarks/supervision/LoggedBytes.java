package dev.fastdeploy.benchmarks.supervision;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kinds of bytes that services print, each by what it repeats. */
public enum LoggedBytes {
  /** Lines as a logging library prints them. */
  TEXT(
      "2026-01-01T00:00:00.000Z  INFO 1 --- [main] c.e.shop.Orders : order 4711 \"paid\" in 12 ms"
          + "\n"),
  /** The same, short, from a program for Windows. */
  CRLF("order 4711 paid in 12 ms\r\n"),
  /** Nothing but ends of lines. */
  EMPTY_LINES("\n"),
  /** A line that is written over and over. */
  PROGRESS("\r 42 % of 1,024 files"),
  /** The content of a truncated file. */
  NULS("\0"),
  /** A line without an end. */
  ONE_LINE("abcdefghijklmnopqrstuvwxyz0123456789"),
  /** Bytes that are not text. */
  NO_UTF8("\u00FF\u00C3a\u0080\u00ED\u00A0");

  /** A character for each byte. */
  private final String repeated;

  LoggedBytes(String repeated) {
    this.repeated = repeated;
  }

  /**
   * Writes so many bytes into a new file.
   *
   * @param length in bytes; the last repetition may be cut
   */
  public void write(Path file, long length) throws IOException {
    byte[] once = repeated.getBytes(StandardCharsets.ISO_8859_1);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (long left = length; left > 0; left -= once.length) {
        out.write(once, 0, (int) Math.min(left, once.length));
      }
    }
  }
}
