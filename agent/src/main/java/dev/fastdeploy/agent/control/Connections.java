package dev.fastdeploy.agent.control;

import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of the endpoint, each in a place of its kind.
 *
 * <p>If all places of the unproven are taken, a new connection takes the place of the oldest one
 * from the address that has the most: a client that floods displaces only itself. An honest client
 * sends its credentials with its first call, milliseconds after it connected, and is then no longer
 * among the unproven. Thread-safe.
 */
final class Connections {

  private final ConnectionPlaces places;
  private final Map<Role, Set<Connection>> kinds = new EnumMap<>(Role.class);
  private final Map<Ends, Connection> byEnds = new HashMap<>();

  Connections(ConnectionPlaces places) {
    this.places = places;
    for (Role role : Role.values()) {
      kinds.put(role, new LinkedHashSet<>());
    }
  }

  /** The two ends that distinguish a TCP connection from all others that are open. */
  record Ends(@Nullable SocketAddress remote, @Nullable SocketAddress local) {

    static Ends of(Attributes call) {
      return new Ends(
          call.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), call.get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR));
    }
  }

  /** An open connection. */
  interface Connection {

    /** Returns its two ends. */
    Ends ends();

    /** Returns the client's address, or the name of the network that one client may own. */
    String host();

    /** Returns when the client last sent something, in nanoseconds of some clock. */
    long heardAtNanos();

    /** Notes that the client has proven its identity. */
    void proven();

    /** Counts a call of a client that has proven nothing. Too many end the connection. */
    void unprovenCall();

    /** Ends it in favour of another. */
    void giveUpPlace();
  }

  /** Adds a connection; another may have to go. */
  void admit(Connection newcomer) {
    Connection leaves = null;
    synchronized (this) {
      Set<Connection> unproven = kind(Role.NONE);
      if (unproven.size() >= places.unproven()) {
        leaves = oldestOfTheLargestHost(unproven);
        unproven.remove(leaves);
      }
      unproven.add(newcomer);
      byEnds.put(newcomer.ends(), newcomer);
    }
    if (leaves != null) {
      leaves.giveUpPlace();
    }
  }

  /**
   * Adds a connection whose client is trusted because it can reach the endpoint at all. If all
   * places are taken, the connection that has been silent longest goes.
   */
  void admitTrusted(Connection newcomer) {
    Connection leaves = null;
    synchronized (this) {
      Set<Connection> trusted = kind(Role.DEPLOY);
      if (trusted.size() >= places.all()) {
        leaves = mostSilent(trusted);
        trusted.remove(leaves);
      }
      trusted.add(newcomer);
    }
    if (leaves != null) {
      leaves.giveUpPlace();
    }
  }

  /** Forgets a connection that has ended. */
  synchronized void ended(Connection connection) {
    kinds.values().forEach(kind -> kind.remove(connection));
    byEnds.remove(connection.ends(), connection);
  }

  /**
   * Notes that the client at the other end of a call has a role.
   *
   * @return false if all places for that role are taken
   */
  synchronized boolean prove(Ends ends, Role role) {
    Connection connection = byEnds.get(ends);
    if (connection == null || kind(Role.DEPLOY).contains(connection)) {
      return true;
    }
    Set<Connection> wanted = kind(role);
    if (!wanted.contains(connection)) {
      if (wanted.size() >= places.of(role)) {
        return false;
      }
      kinds.values().forEach(kind -> kind.remove(connection));
      wanted.add(connection);
      connection.proven();
    }
    return true;
  }

  /** Counts a call whose client has proven nothing, or nothing that counts. */
  void unprovenCall(Ends ends) {
    Connection connection;
    synchronized (this) {
      connection = byEnds.get(ends);
      if (connection == null || !kind(Role.NONE).contains(connection)) {
        return;
      }
    }
    connection.unprovenCall();
  }

  /** Returns the number of connections that have a place of a kind. */
  synchronized int count(Role role) {
    return kind(role).size();
  }

  private Set<Connection> kind(Role role) {
    return kinds.getOrDefault(role, Set.of());
  }

  private static Connection oldestOfTheLargestHost(Collection<Connection> inOrder) {
    Map<String, ArrayDeque<Connection>> byHost = new HashMap<>();
    ArrayDeque<Connection> largest = new ArrayDeque<>();
    for (Connection connection : inOrder) {
      ArrayDeque<Connection> those =
          byHost.computeIfAbsent(connection.host(), host -> new ArrayDeque<>());
      those.add(connection);
      if (those.size() > largest.size()) {
        largest = those;
      }
    }
    return largest.getFirst();
  }

  private static Connection mostSilent(Collection<Connection> some) {
    Connection found = null;
    for (Connection connection : some) {
      if (found == null || connection.heardAtNanos() - found.heardAtNanos() < 0) {
        found = connection;
      }
    }
    if (found == null) {
      throw new IllegalStateException("there is no place at all");
    }
    return found;
  }
}
