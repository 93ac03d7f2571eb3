package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.process.LauncherProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Who has a listening socket open, by the kernel's tables: proc(5). */
final class ListeningCopy {

  private static final String LISTEN = "0A";

  private ListeningCopy() {}

  /** Returns true if the launcher itself has a socket open that listens on a port. */
  static boolean isIn(LauncherProcess launcher, int port) {
    try {
      List<String> sockets = listening(port);
      try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + launcher.pid() + "/fd"))) {
        return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
      }
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  private static List<String> listening(int port) throws IOException {
    String suffix = String.format(":%04X", port);
    try (Stream<String> lines =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6").map(Path::of).flatMap(ListeningCopy::lines)) {
      return lines
          .map(line -> line.strip().split(" +", 11))
          .filter(fields -> fields[1].endsWith(suffix) && fields[3].equals(LISTEN))
          .map(fields -> "socket:[" + fields[9] + "]")
          .toList();
    }
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1);
    } catch (IOException notHere) {
      return Stream.of();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
