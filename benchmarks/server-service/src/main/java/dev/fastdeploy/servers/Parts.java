package dev.fastdeploy.servers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An answer that takes its time: {@code /parts/COUNT/MILLIS}.
 *
 * @param count the number of its parts, a line each
 * @param pauseMillis before each of them
 */
record Parts(int count, long pauseMillis) {

  private static final byte[] PART = "part\n".getBytes(StandardCharsets.US_ASCII);

  /** Returns what a path asks for; empty if it asks for something else. */
  static Optional<Parts> of(String path) {
    String[] words = path.split("/", -1);
    return words.length == 4 && words[1].equals("parts")
        ? Optional.of(new Parts(Integer.parseInt(words[2]), Long.parseLong(words[3])))
        : Optional.empty();
  }

  /** Returns one part on the wire. */
  static byte[] part() {
    return PART.clone();
  }

  /** Writes all, each when it is due. */
  void writeTo(OutputStream out) throws IOException {
    try {
      for (int part = 0; part < count; part++) {
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        out.write(PART);
        out.flush();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("stopped").initCause(stopped);
    }
  }
}
