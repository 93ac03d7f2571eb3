package dev.fastdeploy.launcher.supervisor.listeners;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.descriptors.Descriptors;
import dev.fastdeploy.contract.listening.ListenerMessage;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.process.LauncherThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The copies, and the exchange of them with agents over a socket that exists only while there are
 * some, or some are to come. As long as a copy is open the kernel queues connections to its address
 * (listen(2)). Thread-safe.
 */
public final class HeldListeners {

  /** The kernel takes less, as {@code net.core.somaxconn} says. */
  private static final int LONGEST_BACKLOG = 65_535;

  /** More than any service listens on; an agent that gives more is not ours. */
  private static final int MOST = 250;

  /** The longest wait for an agent that hangs in the middle of an exchange. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path socket;
  private final Consumer<SupervisorEvent> events;
  private final LauncherThreads.Starter threads;
  private final List<Held> held = new ArrayList<>();
  private @Nullable Descriptors descriptors;
  private @Nullable Integer server;
  private boolean takes;
  private boolean collided;

  /** A copy. */
  private static final class Held {
    private final String name;
    private final int descriptor;
    private int backlog;
    private boolean adopted;

    Held(String name, int descriptor, int backlog) {
      this.name = name;
      this.descriptor = descriptor;
      this.backlog = backlog;
    }
  }

  /**
   * @param socket the path at which agents find it, in a directory of this user alone
   * @param events gets an event when an agent has given its listeners
   */
  public HeldListeners(Path socket, Consumer<SupervisorEvent> events) {
    this(socket, events, LauncherThreads::start);
  }

  HeldListeners(Path socket, Consumer<SupervisorEvent> events, LauncherThreads.Starter threads) {
    this.socket = socket;
    this.events = events;
    this.threads = threads;
  }

  /** Returns the path at which agents find it. */
  public Path socket() {
    return socket;
  }

  /**
   * Begins to take listeners.
   *
   * @throws IOException if this machine, kernel or container does not allow it, with the reason
   */
  public synchronized void open() throws IOException {
    closeAll();
    Descriptors known = descriptors();
    if (server == null) {
      Files.deleteIfExists(socket);
      int listener = known.unixSockets().listen(socket);
      try {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwx------"));
        threads.start("listeners", () -> answer(known, listener));
      } catch (IOException | OutOfMemoryError failed) {
        known.closeQuietly(listener);
        Files.deleteIfExists(socket);
        throw new IOException(Diagnostics.reason(failed), failed);
      }
      server = listener;
    }
    takes = true;
  }

  private Descriptors descriptors() throws IOException {
    if (descriptors == null) {
      Path directory = socket.toAbsolutePath().getParent();
      descriptors = Descriptors.load(directory == null ? Path.of(".") : directory);
    }
    return descriptors;
  }

  /** Returns how many copies there are. */
  public synchronized int count() {
    return held.size();
  }

  /**
   * Returns the addresses of the copies that the process which was started last has not adopted.
   */
  public synchronized List<String> notAdopted() {
    return held.stream().filter(one -> !one.adopted).map(one -> one.name).toList();
  }

  /** Returns true if the process that was started last could not bind the port of a copy. */
  public synchronized boolean collided() {
    return collided;
  }

  /** Records that another process of the service is started, which has adopted nothing yet. */
  public synchronized void startsAnother() {
    takes = false;
    collided = false;
    held.forEach(one -> one.adopted = false);
  }

  /** Closes what the process that was started last has not adopted; returns the addresses. */
  public synchronized List<String> closeNotAdopted() {
    List<String> closed = notAdopted();
    held.removeIf(one -> !one.adopted && close(one));
    endIfEmpty();
    return closed;
  }

  /** Closes all copies; the service's own stay, with the backlogs that it asked for. */
  public synchronized void letGo() {
    for (Held one : held) {
      try {
        if (descriptors != null && one.backlog > 0) {
          descriptors.listen(one.descriptor, one.backlog);
        }
      } catch (IOException refused) {
        // A queue that may be longer than it was harms nobody.
      }
    }
    close();
  }

  /** Closes all copies. Who waits in a queue that nobody else has open is reset. */
  public synchronized void close() {
    closeAll();
    endIfEmpty();
  }

  private void closeAll() {
    takes = false;
    held.removeIf(this::close);
  }

  private boolean close(Held one) {
    if (descriptors != null) {
      descriptors.closeQuietly(one.descriptor);
    }
    return true;
  }

  /** The thread closes the socket: nobody else may have its number before it knows. */
  private void endIfEmpty() {
    if (server == null || descriptors == null || !held.isEmpty()) {
      return;
    }
    try {
      Files.deleteIfExists(socket);
    } catch (IOException stays) {
      // The next agent that finds it finds nobody behind it.
    }
    descriptors.unixSockets().end(server);
    server = null;
  }

  private void answer(Descriptors known, int listener) {
    try {
      while (true) {
        int connection = known.unixSockets().accept(listener, PATIENCE);
        try {
          exchange(known, connection);
        } catch (IOException gone) {
          // One agent's.
        } finally {
          known.closeQuietly(connection);
        }
      }
    } catch (IOException ended) {
      // By end().
    } finally {
      known.closeQuietly(listener);
    }
  }

  private void exchange(Descriptors known, int connection) throws IOException {
    while (true) {
      Descriptors.Received received = known.receive(connection, ListenerMessage.LONGEST, 1);
      if (!received.message().hasRemaining()) {
        received.descriptors().forEach(known::closeQuietly);
        return;
      }
      ListenerMessage message = ListenerMessage.parse(received.message()).orElse(null);
      if (message == null) {
        received.descriptors().forEach(known::closeQuietly);
        return;
      }
      react(known, connection, message, received.descriptors());
    }
  }

  private void react(Descriptors known, int connection, ListenerMessage message, List<Integer> with)
      throws IOException {
    switch (message.kind()) {
      case GIVE -> take(known, message, with);
      case GIVEN -> {
        events.accept(new SupervisorEvent.ListenersHeld());
        known.send(
            connection,
            new ListenerMessage(ListenerMessage.Kind.HELD, "", count()).bytes(),
            List.of());
      }
      case ADOPT, ADOPT_ANOTHER -> hand(known, connection, message);
      case LISTENS -> listens(message);
      case REFUSED -> refused(message);
      case DOES_NOT_FIT -> {
        closePort(message, false);
        known.send(
            connection, new ListenerMessage(ListenerMessage.Kind.NONE, "").bytes(), List.of());
      }
      case HELD, HERE, NONE -> {}
    }
  }

  private synchronized void take(Descriptors known, ListenerMessage message, List<Integer> with) {
    for (int descriptor : with) {
      if (!takes || held.size() >= MOST || !known.tcpSockets().isListening(descriptor)) {
        known.closeQuietly(descriptor);
        continue;
      }
      held.add(new Held(message.name(), descriptor, message.backlog()));
      try {
        known.listen(descriptor, LONGEST_BACKLOG);
      } catch (IOException refused) {
        // The queue stays as long as the service made it.
      }
    }
  }

  private synchronized void hand(Descriptors known, int connection, ListenerMessage message)
      throws IOException {
    Held found = find(message.name(), message.kind() == ListenerMessage.Kind.ADOPT_ANOTHER);
    if (found == null) {
      // Another address of the same port would be refused as long as this one is open.
      if (message.kind() == ListenerMessage.Kind.ADOPT) {
        closePort(message, true);
      }
      known.send(connection, new ListenerMessage(ListenerMessage.Kind.NONE, "").bytes(), List.of());
      return;
    }
    known.send(
        connection,
        new ListenerMessage(ListenerMessage.Kind.HERE, found.name).bytes(),
        List.of(found.descriptor));
    found.adopted = true;
    events.accept(new SupervisorEvent.ListenersHeld());
  }

  private @Nullable Held find(String name, boolean onlyAnother) {
    Held again = null;
    for (Held one : held) {
      if (one.name.equals(name)) {
        if (!one.adopted) {
          return one;
        }
        again = one;
      }
    }
    return onlyAnother ? null : again;
  }

  private synchronized void closePort(ListenerMessage message, boolean othersOnly) {
    String port = message.port().orElse("");
    held.removeIf(
        one ->
            one.name.endsWith(":" + port)
                && !(othersOnly && one.adopted)
                && (one.name.equals(message.name())
                    || one.name.startsWith("*:")
                    || message.name().startsWith("*:"))
                && close(one));
  }

  private synchronized void listens(ListenerMessage message) {
    for (Held one : held) {
      if (one.name.equals(message.name())) {
        one.backlog = message.backlog();
      }
    }
  }

  private synchronized void refused(ListenerMessage message) {
    String port = message.port().orElse("");
    collided |= held.stream().anyMatch(one -> one.name.endsWith(":" + port));
  }
}
