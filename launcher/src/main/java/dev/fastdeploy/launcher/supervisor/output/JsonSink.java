package dev.fastdeploy.launcher.supervisor.output;

import dev.fastdeploy.contract.Commit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream as one JSON object per line, without the line end, whether LF or CRLF. A line
 * longer than {@link #LONGEST} bytes comes out in pieces, and so does one whose end takes longer
 * than {@link #PATIENCE}; all pieces but the last say that the line goes on.
 */
final class JsonSink implements LogSink, WaitingLines.Line {

  static final int LONGEST = 64 * 1024;

  /** A progress line that overwrites itself must be visible while it lasts. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The bytes gathered for one write: one write per line is slow, all at once is large. */
  private static final int GATHERED = 32 * 1024;

  private static final byte[] GOES_ON = JsonLine.GOES_ON.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MESSAGE = JsonLine.MESSAGE.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = JsonLine.END.getBytes(StandardCharsets.US_ASCII);

  private final LogOutput output;
  private final JsonLine form;
  private final LogStream stream;
  private final Supplier<Commit> commit;
  private final WaitingLines waiting;

  /** Held while the stream goes on, by its pump or by the thread that writes overdue lines. */
  private final ReentrantLock lock = new ReentrantLock();

  private final JsonBytes gathered = new JsonBytes();
  private byte[] line = new byte[256];
  private int length;

  /** True if a piece of the line came out that said the line goes on. */
  private boolean begun;

  private long waitsSince;
  private boolean inWaiting;

  /** The text before a whole line's message: the same for all lines of one millisecond. */
  private byte[] head = new byte[0];

  /** An empty line of that moment. */
  private byte[] empty = new byte[0];

  private long headMillis;
  private @Nullable Commit headCommit;

  JsonSink(
      LogOutput output,
      JsonLine form,
      LogStream stream,
      Supplier<Commit> commit,
      WaitingLines waiting) {
    this.output = output;
    this.form = form;
    this.stream = stream;
    this.commit = commit;
    this.waiting = waiting;
  }

  @Override
  public void accept(Instant at, byte[] bytes, int count) throws IOException {
    lock.lock();
    try {
      boolean waited = length > 0;
      comesAt(at);
      int begin = 0;
      for (int i = 0; i < count; i++) {
        if (bytes[i] == '\n') {
          endLine(bytes, begin, i);
          begin = i + 1;
        }
      }
      addToLine(bytes, begin, count);
      write();
      if (length > 0) {
        waits(waited && begin == 0);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end(Instant at) throws IOException {
    lock.lock();
    try {
      if (length > 0 || begun) {
        comesAt(at);
        gather(line, 0, withoutReturn(line, 0, length));
        length = 0;
        begun = false;
        write();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Does not wait for a reader who blocks the pump: nothing can come out then. */
  @Override
  public long bringOut(long now) throws IOException {
    if (!lock.tryLock()) {
      return now + PATIENCE.toNanos();
    }
    try {
      long due = waitsSince + PATIENCE.toNanos();
      if (length > 0 && now - due < 0) {
        return due;
      }
      comesAt(Instant.now());
      pieceOfLine();
      write();
      inWaiting = false;
      return NEVER;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param longer whether the same line waited before
   */
  private void waits(boolean longer) {
    if (!longer || !inWaiting) {
      waitsSince = System.nanoTime();
    }
    if (!inWaiting) {
      inWaiting = true;
      waiting.add(this, waitsSince + PATIENCE.toNanos());
    }
  }

  /** Returns the time since which the line waits, if it does. */
  long waitsSince() {
    return waitsSince;
  }

  private void addToLine(byte[] bytes, int from, int to) throws IOException {
    int next = from;
    while (length + to - next > LONGEST) {
      int fits = LONGEST - length;
      copy(bytes, next, fits);
      next += fits;
      pieceOfLine();
    }
    copy(bytes, next, to - next);
  }

  private void copy(byte[] bytes, int from, int count) {
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.min(LONGEST, Math.max(length + count, 2 * line.length)));
    }
    System.arraycopy(bytes, from, line, length, count);
    length += count;
  }

  private void endLine(byte[] bytes, int from, int to) throws IOException {
    int end = withoutReturn(bytes, from, to);
    if (length == 0 && end - from <= LONGEST) {
      gather(bytes, from, end);
    } else {
      addToLine(bytes, from, to);
      gather(line, 0, withoutReturn(line, 0, length));
    }
    length = 0;
    begun = false;
  }

  private static int withoutReturn(byte[] bytes, int from, int to) {
    return to > from && bytes[to - 1] == '\r' ? to - 1 : to;
  }

  /**
   * Writes a piece of a line. A possible beginning of a character, or of a line end, waits for what
   * comes next, so that neither is torn.
   */
  private void pieceOfLine() throws IOException {
    int whole = withoutReturn(line, 0, wholeCharacters());
    if (whole > 0) {
      gathered.append(head, 0, head.length - MESSAGE.length).append(GOES_ON);
      gathered.append(MESSAGE).appendString(line, 0, whole).append(END);
      writeIfMuch();
      begun = true;
      length -= whole;
      System.arraycopy(line, whole, line, 0, length);
    }
  }

  /** Returns the number of bytes that are whole UTF-8 characters, as far as they are characters. */
  private int wholeCharacters() {
    int last = length - 1;
    while (last > 0 && last > length - 4 && (line[last] & 0xc0) == 0x80) {
      last--;
    }
    int lead = last < 0 ? 0 : line[last] & 0xff;
    int needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    return last + needs > length ? last : length;
  }

  /**
   * Gathers a line. A service may print millions of short ones a second: each is little more than a
   * copy.
   */
  private void gather(byte[] bytes, int from, int to) throws IOException {
    if (from == to) {
      gathered.append(empty);
    } else {
      gathered.append(head).appendString(bytes, from, to).append(END);
    }
    writeIfMuch();
  }

  private void writeIfMuch() throws IOException {
    if (gathered.length() >= GATHERED) {
      write();
    }
  }

  /** Sets the millisecond of the lines that follow. */
  private void comesAt(Instant at) {
    long millis = at.toEpochMilli();
    Commit now = commit.get();
    if (millis != headMillis || !now.equals(headCommit)) {
      StringBuilder text = new StringBuilder(128);
      form.appendHead(text, at, stream, now);
      text.append(JsonLine.MESSAGE);
      head = text.toString().getBytes(StandardCharsets.UTF_8);
      empty = text.append("\"\"").append(JsonLine.END).toString().getBytes(StandardCharsets.UTF_8);
      headMillis = millis;
      headCommit = now;
    }
  }

  private void write() throws IOException {
    gathered.writeTo(output);
  }
}
