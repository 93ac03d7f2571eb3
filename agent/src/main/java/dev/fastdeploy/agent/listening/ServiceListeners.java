package dev.fastdeploy.agent.listening;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.descriptors.Descriptors;
import dev.fastdeploy.contract.descriptors.NamedCalls;
import dev.fastdeploy.contract.descriptors.TcpSockets;
import dev.fastdeploy.contract.listening.ListenerClient;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The TCP listeners that the service has bound, and the adoption of those that the launcher holds.
 * Called by the hooks on whichever thread binds, and by the agent in the payload; both by the names
 * of calls and with types of the JDK. Thread-safe.
 *
 * <p>No lambdas and no streams: the application's main thread pays for their first use.
 */
public final class ServiceListeners implements BiFunction<String, Object[], @Nullable Object> {

  /** Sockets of both families of IP may have one name, and the launcher hands them by turns. */
  private static final int MOST_OF_A_NAME = 3;

  /** Whose sockets are never held: a debugger's or a monitor's clients know what a restart is. */
  private static final String[] MANAGEMENT = {
    "jdk.internal.agent.", "sun.management.", "sun.rmi.", "javax.management."
  };

  private final Path socket;
  private final Instrumentation instrumentation;
  private final Map<Integer, Listener> bound = new HashMap<>();
  private final Set<Class<?>> changed = new HashSet<>();
  private @Nullable BiFunction<String, Object[], @Nullable Object> hook;
  private @Nullable ListenerClient launcher;
  private @Nullable Descriptors descriptors;

  /**
   * A socket that was bound.
   *
   * @param name as {@link TcpSockets#name(InetAddress, int)} has it
   * @param backlog what the service asked for; 0 if it does not listen yet
   */
  private record Listener(String name, int backlog, boolean adopted) {}

  private ServiceListeners(Path socket, Instrumentation instrumentation) {
    this.socket = socket;
    this.instrumentation = instrumentation;
  }

  /**
   * Begins to record and to adopt.
   *
   * @param socket the launcher's; it exists only while the launcher holds listeners
   * @throws Exception if this JVM does not allow it, with the reason
   */
  public static ServiceListeners begin(Path socket, Instrumentation instrumentation)
      throws Exception {
    ServiceListeners listeners = new ServiceListeners(socket, instrumentation);
    listeners.hook = ListeningHooks.install(instrumentation, listeners);
    return listeners;
  }

  @Override
  public @Nullable Object apply(String call, Object[] arguments) {
    return switch (call) {
      case "bind" ->
          bind((Integer) arguments[0], (InetAddress) arguments[1], (Integer) arguments[2]);
      case "listen" -> listen((Integer) arguments[0], (Integer) arguments[1]);
      case "refused" -> refused((InetAddress) arguments[0], (Integer) arguments[1]);
      case "library" -> changeNetty((Class<?>) arguments[0]);
      case "bound" -> bound();
      case "load", "address", "call" -> hook().apply(call, arguments);
      default -> throw new IllegalArgumentException(call);
    };
  }

  private BiFunction<String, Object[], @Nullable Object> hook() {
    BiFunction<String, Object[], @Nullable Object> installed = hook;
    if (installed == null) {
      throw new IllegalStateException("nothing is recorded yet");
    }
    return installed;
  }

  /** Returns true if a socket was given an adopted listener, and is not to be bound. */
  private boolean bind(int descriptor, InetAddress address, int port) {
    synchronized (bound) {
      // It stood for something else when it was bound before.
      bound.remove(descriptor);
    }
    // A port that the kernel chooses is another one each time.
    if (port == 0 || isNotTheServices()) {
      return false;
    }
    String name = TcpSockets.name(address, port);
    boolean adopted = false;
    try {
      adopted = Files.exists(socket) && adopt(descriptor, name);
    } catch (IOException | RuntimeException | LinkageError failed) {
      Diagnostics.say(
          "the listener of "
              + name
              + " that the launcher holds was not adopted: "
              + Diagnostics.reason(failed));
    }
    synchronized (bound) {
      bound.put(descriptor, new Listener(name, 0, adopted));
    }
    return adopted;
  }

  private static boolean isNotTheServices() {
    if (Thread.currentThread().getName().equals(ProcessContract.ENDPOINT_THREAD)) {
      return true;
    }
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      for (String management : MANAGEMENT) {
        if (frame.getClassName().startsWith(management)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean adopt(int descriptor, String name) throws IOException {
    Descriptors known = descriptors();
    TcpSockets tcp = known.tcpSockets();
    if (!tcp.isTcp(descriptor)) {
      return false;
    }
    boolean another = isOpen(tcp, name);
    if (another && !tcp.sharesItsPort(descriptor)) {
      // It is refused, as it would be without a launcher.
      return false;
    }
    for (int tries = 0; tries < MOST_OF_A_NAME; tries++) {
      OptionalInt held = launcher().adopt(name, another);
      if (held.isEmpty()) {
        return false;
      }
      int listener = held.getAsInt();
      try {
        if (tcp.sameFamilies(descriptor, listener)) {
          takeOver(known, descriptor, listener);
          return true;
        }
      } finally {
        known.closeQuietly(listener);
      }
    }
    launcher().doesNotFit(name);
    return false;
  }

  /** Returns true if the service has a socket open that listens on an address. */
  private boolean isOpen(TcpSockets tcp, String name) {
    List<Integer> same = new ArrayList<>();
    synchronized (bound) {
      for (Map.Entry<Integer, Listener> entry : bound.entrySet()) {
        if (entry.getValue().name().equals(name)) {
          same.add(entry.getKey());
        }
      }
    }
    for (int descriptor : same) {
      if (tcp.isListening(descriptor) && tcp.name(descriptor).filter(name::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Netty's epoll watches a socket before it is bound. */
  private static void takeOver(Descriptors known, int descriptor, int listener) throws IOException {
    known.tcpSockets().copyOptions(descriptor, listener);
    known.setNonBlocking(listener, known.isNonBlocking(descriptor));
    List<Descriptors.Watch> watches = known.watches(descriptor);
    known.replace(descriptor, listener);
    // From here on the socket is bound, whatever fails: to bind it would be an error.
    for (Descriptors.Watch watch : watches) {
      try {
        known.watch(watch.epoll(), descriptor, watch.events(), watch.data());
      } catch (IOException refused) {
        Diagnostics.say("an adopted listener is not watched: " + Diagnostics.reason(refused));
      }
    }
  }

  /** Returns the backlog to listen with: the queue of an adopted listener must not get shorter. */
  private int listen(int descriptor, int backlog) {
    Listener listener;
    synchronized (bound) {
      listener = bound.get(descriptor);
      if (listener == null) {
        return backlog;
      }
      bound.put(descriptor, new Listener(listener.name(), backlog, listener.adopted()));
    }
    if (!listener.adopted()) {
      return backlog;
    }
    try {
      launcher().listens(listener.name(), backlog);
    } catch (IOException launcherGone) {
      // The queue stays as long as it is.
    }
    return Descriptors.LONGEST_BACKLOG;
  }

  private boolean refused(InetAddress address, int port) {
    if (port == 0 || !Files.exists(socket)) {
      return false;
    }
    try {
      launcher().refused(TcpSockets.name(address, port));
      return true;
    } catch (IOException launcherGone) {
      return false;
    }
  }

  private boolean changeNetty(Class<?> from) {
    try {
      return ListeningHooks.changeNetty(instrumentation, this, from, changed);
    } catch (Exception | LinkageError failed) {
      Diagnostics.say(
          "listeners of Netty's native transport are not held: " + Diagnostics.reason(failed));
      return false;
    }
  }

  /** Returns name, descriptor and backlog of each socket that was bound and may still be open. */
  private Object[] bound() {
    List<Object[]> all = new ArrayList<>();
    synchronized (bound) {
      for (Map.Entry<Integer, Listener> entry : bound.entrySet()) {
        Listener listener = entry.getValue();
        all.add(new Object[] {listener.name(), entry.getKey(), listener.backlog()});
      }
    }
    return all.toArray();
  }

  private synchronized ListenerClient launcher() throws IOException {
    if (launcher == null) {
      launcher = new ListenerClient(descriptors(), socket);
    }
    return launcher;
  }

  private synchronized Descriptors descriptors() throws IOException {
    if (descriptors == null) {
      descriptors = Descriptors.loadBeside(socket, new NamedCalls(hook()));
    }
    return descriptors;
  }
}
