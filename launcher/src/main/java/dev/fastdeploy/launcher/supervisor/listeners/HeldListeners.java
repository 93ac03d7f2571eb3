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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The copies of a service's listeners, and the exchange of them with agents over a socket that
 * exists only while there are some, or some are to come. As long as a copy is open the kernel
 * queues connections to its address (listen(2)). Thread-safe.
 */
public final class HeldListeners {

  /** More than any service listens on; an agent that gives more is not ours. */
  private static final int MOST = 250;

  /** The longest wait for an agent that hangs in the middle of an exchange. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration RETRY = Duration.ofMillis(100);

  private final Path socket;
  private final Consumer<SupervisorEvent> events;
  private final Duration patience;
  private final Library library;
  private final List<Held> held = new ArrayList<>();
  private @Nullable Descriptors descriptors;
  private @Nullable Server server;
  private @Nullable String unusable;
  private int handed;
  private boolean takes;

  /** The ports of copies that the process which was started last could not bind. */
  private final Set<String> refused = new HashSet<>();

  /** The way to the native library. */
  interface Library {

    Descriptors loadBeside(Path socket) throws IOException;
  }

  /** A copy. */
  private static final class Held {
    private final String name;
    private final int descriptor;
    private int backlog;
    private boolean adopted;

    /** When it was handed out last: a counter. */
    private int handed;

    Held(String name, int descriptor, int backlog) {
      this.name = name;
      this.descriptor = descriptor;
      this.backlog = backlog;
    }
  }

  /** The socket of an exchange, and the thread that answers on it. */
  private final class Server implements Runnable {

    private final Descriptors known;
    private final int socket;
    private volatile boolean ended;

    Server(Descriptors known, int socket) {
      this.known = known;
      this.socket = socket;
    }

    /** Ends the exchange. The thread closes the socket: nobody has its number before it knows. */
    void end() {
      ended = true;
      known.unixSockets().end(socket);
    }

    @Override
    public void run() {
      try {
        while (!ended) {
          answerOne();
        }
      } finally {
        known.closeQuietly(socket);
      }
    }

    private void answerOne() {
      try {
        int connection = known.unixSockets().accept(socket, patience);
        try {
          if (isOurs(known.unixSockets().peer(connection))) {
            exchange(known, connection);
          }
        } finally {
          known.closeQuietly(connection);
        }
      } catch (IOException | RuntimeException | Error failed) {
        // One agent's, or for want of descriptors or memory: they may come back.
        if (!ended) {
          LockSupport.parkNanos(RETRY.toNanos());
        }
      }
    }
  }

  /** Other processes of this user have no business here. */
  private static boolean isOurs(long pid) {
    long self = ProcessHandle.current().pid();
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    while (process.isPresent() && process.get().pid() != self) {
      process = process.get().parent();
    }
    return process.isPresent();
  }

  /**
   * @param socket the path at which agents find it, in a directory of this user alone
   * @param events gets an event when an agent has given its listeners
   */
  public HeldListeners(Path socket, Consumer<SupervisorEvent> events) {
    this(socket, events, PATIENCE, Descriptors::loadBeside);
  }

  HeldListeners(Path socket, Consumer<SupervisorEvent> events, Duration patience, Library library) {
    this.socket = socket;
    this.events = events;
    this.patience = patience;
    this.library = library;
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
    unusable = null;
    Descriptors known = descriptors();
    if (server == null) {
      Files.deleteIfExists(socket);
      Server started = new Server(known, known.unixSockets().listen(socket));
      try {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwx------"));
        LauncherThreads.start("listeners", started);
      } catch (IOException | OutOfMemoryError failed) {
        known.closeQuietly(started.socket);
        Files.deleteIfExists(socket);
        throw new IOException(Diagnostics.reason(failed), failed);
      }
      server = started;
    }
    takes = true;
  }

  /**
   * Tries whether listeners can be held here.
   *
   * @throws IOException if they cannot, with the reason
   */
  public synchronized void require() throws IOException {
    if (unusable != null) {
      throw new IOException(unusable);
    }
    try {
      Descriptors unused = descriptors();
    } catch (IOException | RuntimeException | Error impossible) {
      // Not tried again for each event: only when the next reload begins.
      unusable = Diagnostics.reason(impossible);
      throw new IOException(unusable, impossible);
    }
  }

  /** Removes what a launcher left that was killed: agents would look for listeners there. */
  public void removeLeft() {
    try {
      Files.deleteIfExists(socket);
    } catch (IOException stays) {
      // Whoever finds it finds nobody behind it.
    }
  }

  private Descriptors descriptors() throws IOException {
    if (descriptors == null) {
      descriptors = library.loadBeside(socket);
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

  /** Returns how many connections wait for the copies that nobody has adopted. */
  public synchronized int waiting() {
    Descriptors known = descriptors;
    return known == null
        ? 0
        : held.stream()
            .filter(one -> !one.adopted)
            .mapToInt(one -> known.tcpSockets().waiting(one.descriptor))
            .sum();
  }

  /** Returns true if the process that was started last could not bind the port of a copy. */
  public synchronized boolean collided() {
    return !refused.isEmpty();
  }

  /** Records that another process of the service is started, which has adopted nothing yet. */
  public synchronized void startsAnother() {
    takes = false;
    refused.clear();
    held.forEach(one -> one.adopted = false);
    // The process before may have had nothing to give.
    endIfEmpty();
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

  private void endIfEmpty() {
    if (server == null || !held.isEmpty()) {
      return;
    }
    removeLeft();
    server.end();
    server = null;
  }

  private void exchange(Descriptors known, int connection) throws IOException {
    Optional<ListenerMessage> message;
    do {
      Descriptors.Received received = known.receive(connection, ListenerMessage.LONGEST, 1);
      List<Integer> with = new ArrayList<>(received.descriptors());
      try {
        message = ListenerMessage.parse(received.message());
        if (message.isPresent()) {
          react(known, connection, message.get(), with);
        }
      } finally {
        with.forEach(known::closeQuietly);
      }
    } while (message.isPresent());
  }

  /**
   * @param with the descriptors that came with the message; those that are taken are removed
   */
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
    if (with.isEmpty()
        || !takes
        || held.size() >= MOST
        || !known.tcpSockets().isListening(with.get(0))) {
      return;
    }
    int descriptor = with.remove(0);
    held.add(new Held(message.name(), descriptor, message.number()));
    try {
      known.listen(descriptor, Descriptors.LONGEST_BACKLOG);
    } catch (IOException refused) {
      // The queue stays as long as the service made it.
    }
  }

  /** Sends without holding the lock: the supervisor must not wait for an agent that hangs. */
  private void hand(Descriptors known, int connection, ListenerMessage message) throws IOException {
    int copy = copyOf(known, message);
    try {
      known.send(
          connection,
          new ListenerMessage(
                  copy < 0 ? ListenerMessage.Kind.NONE : ListenerMessage.Kind.HERE, message.name())
              .bytes(),
          copy < 0 ? List.of() : List.of(copy));
    } finally {
      if (copy >= 0) {
        known.closeQuietly(copy);
      }
    }
    events.accept(new SupervisorEvent.ListenersHeld());
  }

  /** Returns a descriptor to send, which is closed then; negative if nothing is held for it. */
  private synchronized int copyOf(Descriptors known, ListenerMessage message) throws IOException {
    Held found = find(message.name(), message.kind() == ListenerMessage.Kind.ADOPT_ANOTHER);
    if (found == null) {
      // Another address of the same port would be refused as long as this one is open.
      if (message.kind() == ListenerMessage.Kind.ADOPT) {
        closePort(message, true);
      }
      return -1;
    }
    int copy = known.duplicate(found.descriptor);
    found.adopted = true;
    found.handed = ++handed;
    message.port().ifPresent(refused::remove);
    return copy;
  }

  /** Prefers one that was not adopted, then the one that was handed out before all others. */
  private @Nullable Held find(String name, boolean onlyAnother) {
    Held again = null;
    for (Held one : held) {
      if (one.name.equals(name)) {
        if (!one.adopted) {
          return one;
        }
        again = again == null || one.handed < again.handed ? one : again;
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
        one.backlog = message.number();
      }
    }
  }

  private synchronized void refused(ListenerMessage message) {
    message
        .port()
        .filter(port -> held.stream().anyMatch(one -> one.name.endsWith(":" + port)))
        .ifPresent(refused::add);
  }
}
