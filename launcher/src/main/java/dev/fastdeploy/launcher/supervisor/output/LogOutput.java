package dev.fastdeploy.launcher.supervisor.output;

import java.io.IOException;
import java.io.OutputStream;

/** One of the launcher's own streams. Thread-safe: bytes written at once stay together. */
final class LogOutput {

  private final OutputStream stream;
  private boolean inLine;

  LogOutput(OutputStream stream) {
    this.stream = stream;
  }

  /** Writes the first bytes of an array. May block for as long as nobody reads. */
  synchronized void write(byte[] bytes, int length) throws IOException {
    if (length > 0) {
      stream.write(bytes, 0, length);
      inLine = bytes[length - 1] != '\n';
    }
  }

  /** Writes on a line of its own: somebody else's last line may lack its end. */
  synchronized void writeOnNewLine(byte[] bytes, int length) throws IOException {
    if (inLine) {
      stream.write('\n');
      inLine = false;
    }
    write(bytes, length);
  }
}
