package dev.fastdeploy.launcher.supervisor.output;

import dev.fastdeploy.contract.Commit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Brings a stream out as one JSON object a line. A longer line than {@link #LONGEST} bytes comes
 * out in pieces, of which all but the last say that the line goes on.
 */
final class JsonSink implements LogSink {

  static final int LONGEST = 64 * 1024;

  /** So much is gathered before it is written: one write a line is slow, all at once is large. */
  private static final int GATHERED = 32 * 1024;

  private final LogOutput output;
  private final JsonLine form;
  private final LogStream stream;
  private final Supplier<Commit> commit;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder gathered = new StringBuilder();

  JsonSink(LogOutput output, JsonLine form, LogStream stream, Supplier<Commit> commit) {
    this.output = output;
    this.form = form;
    this.stream = stream;
    this.commit = commit;
  }

  @Override
  public void accept(Instant at, byte[] bytes, int length) throws IOException {
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        addToLine(at, bytes, begin, i);
        endLine(at);
        begin = i + 1;
      }
    }
    addToLine(at, bytes, begin, length);
    write();
  }

  @Override
  public void end(Instant at) throws IOException {
    if (line.size() > 0) {
      endLine(at);
      write();
    }
  }

  private void addToLine(Instant at, byte[] bytes, int from, int to) throws IOException {
    int next = from;
    while (line.size() + to - next > LONGEST) {
      int fits = LONGEST - line.size();
      line.write(bytes, next, fits);
      next += fits;
      pieceOfLine(at);
    }
    line.write(bytes, next, to - next);
  }

  private void endLine(Instant at) throws IOException {
    gather(at, line.toString(StandardCharsets.UTF_8), false);
    line.reset();
  }

  /** No character is torn: what may be the beginning of one waits for the next piece. */
  private void pieceOfLine(Instant at) throws IOException {
    byte[] bytes = line.toByteArray();
    int whole = wholeCharacters(bytes);
    gather(at, new String(bytes, 0, whole, StandardCharsets.UTF_8), true);
    line.reset();
    line.write(bytes, whole, bytes.length - whole);
  }

  /** How many of the bytes are whole characters of UTF-8, as far as they are characters at all. */
  private static int wholeCharacters(byte[] bytes) {
    int last = bytes.length - 1;
    while (last > bytes.length - 4 && (bytes[last] & 0xc0) == 0x80) {
      last--;
    }
    int lead = bytes[last] & 0xff;
    int needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    return last + needs > bytes.length ? last : bytes.length;
  }

  private void gather(Instant at, String message, boolean goesOn) throws IOException {
    form.append(gathered, at, stream, commit.get(), message, goesOn);
    if (gathered.length() >= GATHERED) {
      write();
    }
  }

  private void write() throws IOException {
    byte[] bytes = gathered.toString().getBytes(StandardCharsets.UTF_8);
    gathered.setLength(0);
    output.writeOnNewLine(bytes, bytes.length);
  }
}
