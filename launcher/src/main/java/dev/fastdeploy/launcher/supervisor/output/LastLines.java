package dev.fastdeploy.launcher.supervisor.output;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last lines that a service printed, on both streams in the order in which they arrived, for
 * the record of a release that does not come up. Thread-safe.
 */
public final class LastLines {

  private static final int LINES = 50;
  private static final int LONGEST = 500;

  private final Deque<String> lines = new ArrayDeque<>(LINES);

  /** A stream of the service whose lines are remembered. Not thread-safe: one thread feeds it. */
  public final class Feed {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Takes the next bytes of the stream. */
    public void accept(byte[] bytes, int length) {
      int begin = firstThatCounts(bytes, length);
      if (begin > 0) {
        line.reset();
      }
      for (int i = begin; i < length; i++) {
        if (bytes[i] == '\n') {
          // An empty line is not remembered, and there may be millions of them.
          if (i > begin || begin == 0) {
            keep(bytes, begin, i);
            end();
          }
          begin = i + 1;
        }
      }
      keep(bytes, begin, length);
    }

    /** Returns the start of the last lines: earlier ones would be forgotten again. */
    private static int firstThatCounts(byte[] bytes, int length) {
      int lines = 0;
      for (int i = length - 1; i > 0; i--) {
        if (bytes[i] == '\n' && bytes[i - 1] != '\n' && ++lines > LINES) {
          return i + 1;
        }
      }
      return 0;
    }

    private void keep(byte[] bytes, int from, int to) {
      line.write(bytes, from, Math.max(0, Math.min(to - from, LONGEST - line.size())));
    }

    /** Ends the stream; its last line may lack a line end. */
    public void end() {
      if (line.size() > 0) {
        add(line.toString(StandardCharsets.UTF_8).stripTrailing());
        line.reset();
      }
    }
  }

  /** Returns a feed for one more stream. */
  public Feed feed() {
    return new Feed();
  }

  /** Returns the remembered lines, oldest first. */
  public synchronized List<String> get() {
    return new ArrayList<>(lines);
  }

  /** Forgets what was printed so far. */
  public synchronized void forget() {
    lines.clear();
  }

  private synchronized void add(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }
}
