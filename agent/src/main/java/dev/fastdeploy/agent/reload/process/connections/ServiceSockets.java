package dev.fastdeploy.agent.reload.process.connections;

import dev.fastdeploy.contract.descriptors.Descriptors;
import dev.fastdeploy.contract.descriptors.TcpSockets;
import dev.fastdeploy.contract.listening.ListenerClient;
import dev.fastdeploy.contract.listening.ListenerClient.Given;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sockets of this process that are the service's: listeners, and what they accepted. */
final class ServiceSockets {

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");
  private static final String SOCKET = "socket:";

  private final Descriptors descriptors;
  private final TcpSockets tcp;
  private final BiFunction<String, Object[], @Nullable Object> bound;

  /**
   * @param bound the record that the hooks in the JDK's classes keep
   */
  ServiceSockets(Descriptors descriptors, BiFunction<String, Object[], @Nullable Object> bound) {
    this.descriptors = descriptors;
    this.tcp = descriptors.tcpSockets();
    this.bound = bound;
  }

  /** Returns the listeners that are open. A number in the record may stand for something else. */
  List<Given> listeners() {
    List<Given> open = new ArrayList<>();
    Object all = Objects.requireNonNull(bound.apply("bound", new Object[0]), "bound");
    for (Object one : (Object[]) all) {
      Object[] fields = (Object[]) one;
      Given listener = new Given((String) fields[0], (Integer) fields[1], (Integer) fields[2]);
      if (isOpen(listener)) {
        open.add(listener);
      }
    }
    return open;
  }

  /**
   * Gives listeners to the launcher; they stay open here.
   *
   * @param socket the launcher's
   * @return how many it holds
   * @throws IOException if it takes none
   */
  int give(List<Given> listeners, Path socket) throws IOException {
    return new ListenerClient(descriptors, socket).give(listeners);
  }

  private boolean isOpen(Given listener) {
    return tcp.isListening(listener.descriptor())
        && tcp.name(listener.descriptor()).filter(listener.name()::equals).isPresent();
  }

  /**
   * Returns the connections that some listeners accepted, by what the kernel calls their sockets.
   *
   * @throws IOException if the kernel does not show what this process has open
   */
  Map<String, TcpSockets.Connection> accepted(List<Given> listeners) throws IOException {
    Map<String, TcpSockets.Connection> found = new HashMap<>();
    visit(
        ports(listeners),
        (socket, descriptor) ->
            tcp.connection(descriptor)
                .filter(TcpSockets.Connection::isOpen)
                .ifPresent(connection -> found.put(socket, connection)));
    return found;
  }

  private interface Visitor {
    void see(String socket, int descriptor);
  }

  /** Visits the sockets that have one of some local ports. */
  private void visit(Set<String> ports, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN_FILES)) {
      for (Path one : open) {
        String socket = target(one);
        if (socket.startsWith(SOCKET)) {
          int descriptor = Integer.parseInt(one.getFileName().toString());
          if (tcp.name(descriptor).filter(name -> ports.contains(port(name))).isPresent()) {
            visitor.see(socket, descriptor);
          }
        }
      }
    }
  }

  private static Set<String> ports(List<Given> listeners) {
    Set<String> ports = new TreeSet<>();
    for (Given listener : listeners) {
      ports.add(port(listener.name()));
    }
    return ports;
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
        if (isOpen(listener)) {
          leave(descriptor, idle);
        }
      } finally {
        descriptors.closeQuietly(idle);
      }
    }
  }

  private void leave(int descriptor, int idle) throws IOException {
    descriptors.setNonBlocking(idle, descriptors.isNonBlocking(descriptor));
    // Who is about to accept finds nothing, and looks again.
    descriptors.setNonBlocking(descriptor, true);
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
  }

  /**
   * Tells the clients of idle connections that nothing more comes. A server that stops keeps them
   * open for a while and answers nothing on them: whoever used one then would lose his request.
   *
   * @param idle tells which of those that are open have nothing under way
   * @param told the sockets whose clients know; those that are told now are added
   * @return true if that is so for all that are open
   * @throws IOException if the kernel does not show what this process has open
   */
  boolean endIdle(List<Given> listeners, Predicate<TcpSockets.Connection> idle, Set<String> told)
      throws IOException {
    AtomicBoolean all = new AtomicBoolean(true);
    visit(
        ports(listeners),
        (socket, descriptor) -> {
          TcpSockets.Connection connection = tcp.connection(descriptor).orElse(null);
          if (connection == null || !connection.isOpen() || told.contains(socket)) {
            return;
          }
          if (idle.test(connection)) {
            tcp.endSending(descriptor);
            told.add(socket);
          } else {
            all.set(false);
          }
        });
    return all.get();
  }
}
