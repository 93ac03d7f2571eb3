package dev.fastdeploy.agent.reload.process.connections;

import dev.fastdeploy.contract.descriptors.Descriptors;
import dev.fastdeploy.contract.descriptors.TcpSockets;
import dev.fastdeploy.contract.listening.ListenerClient.Given;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The sockets of this process that are the service's: listeners, and what they accepted. */
final class ServiceSockets {

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");
  private static final String SOCKET = "socket:";

  private final Descriptors descriptors;
  private final TcpSockets tcp;
  private final BiFunction<String, Object[], Object> bound;

  /**
   * @param bound the record that the hooks in the JDK's classes keep
   */
  ServiceSockets(Descriptors descriptors, BiFunction<String, Object[], Object> bound) {
    this.descriptors = descriptors;
    this.tcp = descriptors.tcpSockets();
    this.bound = bound;
  }

  /** Returns the listeners that are open. A number in the record may stand for something else. */
  List<Given> listeners() {
    List<Given> open = new ArrayList<>();
    for (Object one : (Object[]) bound.apply("bound", new Object[0])) {
      Object[] fields = (Object[]) one;
      Given listener = new Given((String) fields[0], (Integer) fields[1], (Integer) fields[2]);
      Optional<String> name = tcp.name(listener.descriptor());
      if (tcp.isListening(listener.descriptor())
          && name.isPresent()
          && name.get().equals(listener.name())) {
        open.add(listener);
      }
    }
    return open;
  }

  /**
   * Returns the connections that some listeners accepted, by what the kernel calls their sockets.
   *
   * @throws IOException if the kernel does not show what this process has open
   */
  Map<String, TcpSockets.Connection> accepted(List<Given> listeners) throws IOException {
    Set<String> ports = new TreeSet<>();
    for (Given listener : listeners) {
      ports.add(port(listener.name()));
    }
    Map<String, TcpSockets.Connection> found = new HashMap<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN_FILES)) {
      for (Path one : open) {
        String socket = target(one);
        if (socket.startsWith(SOCKET)) {
          int descriptor = Integer.parseInt(one.getFileName().toString());
          Optional<String> name = tcp.name(descriptor);
          if (name.isPresent() && ports.contains(port(name.get()))) {
            tcp.connection(descriptor)
                .filter(TcpSockets.Connection::isOpen)
                .ifPresent(connection -> found.put(socket, connection));
          }
        }
      }
    }
    return found;
  }

  private static String port(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  private static String target(Path open) {
    try {
      return Files.readSymbolicLink(open).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  /**
   * Lets the service accept no more on its listeners, without its knowing: each descriptor stands
   * for one from then on to which nobody connects. What waits stays in the queue of the copies that
   * the launcher has.
   *
   * @throws IOException if the kernel refuses; some may have been left by then
   */
  void leave(List<Given> listeners) throws IOException {
    for (Given listener : listeners) {
      int descriptor = listener.descriptor();
      int idle = tcp.idleListener();
      try {
        descriptors.setNonBlocking(idle, descriptors.isNonBlocking(descriptor));
        List<Descriptors.Watch> watches = descriptors.watches(descriptor);
        for (Descriptors.Watch watch : watches) {
          // First: the instance watches the open file, which lives on in the launcher.
          descriptors.unwatch(watch.epoll(), descriptor);
        }
        descriptors.replace(descriptor, idle);
        for (Descriptors.Watch watch : watches) {
          descriptors.watch(watch.epoll(), descriptor, watch.events(), watch.data());
        }
        int unused = descriptors.acceptingThreads().wake(descriptor);
      } finally {
        descriptors.closeQuietly(idle);
      }
    }
  }
}
