package dev.fastdeploy.launcher.supervisor.output;

import java.io.IOException;
import java.time.Instant;

/** Writes a stream byte for byte. Only makes sure that it begins on a new line. */
final class TextSink implements LogSink {

  private final LogOutput output;
  private boolean begun;

  TextSink(LogOutput output) {
    this.output = output;
  }

  @Override
  public void accept(Instant at, byte[] bytes, int length) throws IOException {
    if (begun) {
      output.write(bytes, length);
    } else {
      begun = true;
      output.writeOnNewLine(bytes, length);
    }
  }

  @Override
  public void end(Instant at) {
    // The bytes are the service's; no line end is added.
  }
}
