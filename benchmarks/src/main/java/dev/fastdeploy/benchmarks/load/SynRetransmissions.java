package dev.fastdeploy.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Counts the SYN packets that were sent again, {@code TcpExt: TCPSynRetrans} of {@code
 * /proc/net/netstat}. A client that meets a full queue is not told: its kernel asks again after 1,
 * 3 and 7 seconds. The counter is that of the network namespace, so another program's connections
 * are in it, too. Immutable.
 */
final class SynRetransmissions {

  private static final Path COUNTERS = Path.of("/proc/net/netstat");

  private final long before;

  private SynRetransmissions(long before) {
    this.before = before;
  }

  static SynRetransmissions fromNow() {
    return new SynRetransmissions(now());
  }

  /** Returns the number since then; 0 on a kernel that does not count them. */
  long count() {
    return now() - before;
  }

  private static long now() {
    try {
      return of(Files.readAllLines(COUNTERS));
    } catch (IOException notLinux) {
      return 0;
    }
  }

  /** Each group is two lines, its names and its numbers, both of which begin with its name. */
  static long of(List<String> lines) {
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      if (lines.get(i).startsWith("TcpExt:")) {
        int at = Arrays.asList(lines.get(i).split(" ", -1)).indexOf("TCPSynRetrans");
        return at < 0 ? 0 : Long.parseLong(lines.get(i + 1).split(" ", -1)[at]);
      }
    }
    return 0;
  }
}
