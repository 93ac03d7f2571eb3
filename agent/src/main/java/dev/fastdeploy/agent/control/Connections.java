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
 * <p>Where all places of the unproven are taken a newcomer gets that of the oldest among those of
 * the address that has most of them: a client that floods drives out itself. An honest client shows
 * its credentials with its first call, milliseconds after it connected, and is not among them any
 * more. Thread-safe.
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

  /** What tells a TCP connection from all others that are open. */
  record Ends(@Nullable SocketAddress remote, @Nullable SocketAddress local) {

    static Ends of(Attributes call) {
      return new Ends(
          call.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), call.get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR));
    }
  }

  /** One of them. */
  interface Connection {

    /** Its two ends. */
    Ends ends();

    /** The client's address, or what stands for the network that one client may own. */
    String host();

    /** When the client was heard of last, in nanoseconds of some clock. */
    long heardAtNanos();

    /** The client has shown who it is. */
    void proven();

    /** Counts a call of a client that has shown nothing; too many end the connection. */
    void unprovenCall();

    /** Ends it for the sake of another. */
    void giveUpPlace();
  }

  /** Takes a connection in; another may have to go. */
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
   * Takes in the connection of one who has proven himself by reaching the endpoint at all. Where
   * all places are taken the one goes that has been silent longest.
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
   * The client at the other end of a call has a role.
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

  /** The client at the other end of a call has shown nothing, or nothing that counts. */
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

  /** How many have a place of a kind. */
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
