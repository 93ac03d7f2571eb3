package dev.fastdeploy.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files and sockets a process may have open. A JVM takes all that the hard limit allows,
 * and who it starts has that too; the hard limit is for an administrator to raise.
 */
final class DescriptorLimit {

  private static final Pattern HARD =
      Pattern.compile("(?m)^Max open files\\s+\\S+\\s+(\\d+|unlimited)\\s");

  private DescriptorLimit() {}

  /**
   * @throws IOException if a process cannot have so many open, with a message for the user
   */
  static void require(int descriptors) throws IOException {
    String limits = Files.readString(Path.of("/proc/self/limits"));
    if (hard(limits) < descriptors) {
      throw new IOException(
          "a process may have "
              + hard(limits)
              + " files open, and "
              + descriptors
              + " are needed; raise the hard limit (ulimit -Hn), or take fewer --members");
    }
  }

  static long hard(String limits) {
    Matcher line = HARD.matcher(limits);
    return line.find() && !line.group(1).equals("unlimited")
        ? Long.parseLong(line.group(1))
        : Long.MAX_VALUE;
  }
}
