package dev.fastdeploy.demo.traffic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kernel's table of TCP sockets. */
final class ProcNet {

  private ProcNet() {}

  /** One line a socket, without the heading. */
  static List<String> tcpLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("tcp", "tcp6")) {
      Path table = Path.of("/proc/net", name);
      if (Files.exists(table)) {
        List<String> all = Files.readAllLines(table);
        lines.addAll(all.subList(1, all.size()));
      }
    }
    return lines;
  }
}
