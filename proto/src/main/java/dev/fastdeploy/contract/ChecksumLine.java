package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A first line that tells whether the rest is what was written. Because it comes first, a truncated
 * file either lacks what the line promises, or begins like a file without such a line and is
 * incomplete too. It finds damage, not forgery.
 */
final class ChecksumLine {

  private static final byte[] KEY = "checksum=".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 8;

  private ChecksumLine() {}

  /** Puts the line before the content. */
  static byte[] before(byte[] content) {
    byte[] line = (digits(content, 0) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(KEY, KEY.length + line.length + content.length);
    System.arraycopy(line, 0, all, KEY.length, line.length);
    System.arraycopy(content, 0, all, KEY.length + line.length, content.length);
    return all;
  }

  /**
   * Checks the line, if there is one: files of earlier versions have none.
   *
   * @throws IOException if the rest does not match it
   */
  static void check(byte[] all) throws IOException {
    if (!Arrays.equals(all, 0, Math.min(all.length, KEY.length), KEY, 0, KEY.length)) {
      return;
    }
    int rest = KEY.length + DIGITS + 1;
    String expected = all.length < rest ? "" : digits(all, rest) + "\n";
    String told = new String(all, KEY.length, all.length - KEY.length, StandardCharsets.US_ASCII);
    if (expected.isEmpty() || !told.startsWith(expected)) {
      throw new IOException("its checksum is wrong; it was cut off, damaged or edited");
    }
  }

  private static String digits(byte[] bytes, int from) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, bytes.length - from);
    String hex = Long.toHexString(crc.getValue());
    return "0".repeat(DIGITS - hex.length()) + hex;
  }
}
