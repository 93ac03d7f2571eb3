package dev.fastdeploy.contract.descriptors;

import static dev.fastdeploy.contract.descriptors.Calls.zeroed;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** What can be asked of TCP sockets and set for them, by their descriptors. Thread-safe. */
public final class TcpSockets {

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM_CLOSED_ON_EXEC = 1 | 0x80000;
  private static final int IPPROTO_TCP = 6;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int SOL_SOCKET = 1;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SO_DOMAIN = 39;
  private static final int SO_TYPE = 3;
  private static final int SO_REUSEPORT = 15;
  private static final int SO_RCVBUF = 8;
  private static final int SOCK_STREAM = 1;
  private static final int TCP_INFO = 11;
  private static final int SHUT_WR = 1;

  /** {@code struct tcp_info} as far as it is read; {@code include/uapi/linux/tcp.h}. */
  private static final int INFO = 148;

  /** The options that a listener hands on to what it accepts, and that are numbers (tcp(7)). */
  private static final int[][] NUMBERS = {
    {SOL_SOCKET, 2}, // SO_REUSEADDR
    {SOL_SOCKET, 9}, // SO_KEEPALIVE
    {SOL_SOCKET, 12}, // SO_PRIORITY
    {IPPROTO_TCP, 1}, // TCP_NODELAY
    {IPPROTO_TCP, 4}, // TCP_KEEPIDLE
    {IPPROTO_TCP, 5}, // TCP_KEEPINTVL
    {IPPROTO_TCP, 6}, // TCP_KEEPCNT
    {IPPROTO_TCP, 9}, // TCP_DEFER_ACCEPT
    {IPPROTO_TCP, 18}, // TCP_USER_TIMEOUT
    {IPPROTO_TCP, 23}, // TCP_FASTOPEN
  };

  private final Calls calls;
  private final Machine machine;

  TcpSockets(Calls calls) {
    this.calls = calls;
    this.machine = calls.machine();
  }

  /**
   * What the kernel knows of a connection, times in milliseconds ago and in steps of some: those of
   * an answer that was quick and of its request are the same.
   *
   * @param state as in {@code include/net/tcp_states.h}
   * @param unsent whether something of what was written has not arrived yet
   * @param sent when data was last sent; when it was made, if none was
   * @param received when data last came; when it was made, if none did
   * @param answered how many bytes of what was sent have arrived; 1 stands for its beginning
   * @param asked how many bytes came
   */
  public record Connection(
      int state, boolean unsent, long sent, long received, long answered, long asked) {

    private static final int ESTABLISHED = 1;
    private static final int CLOSE_WAIT = 8;

    /** The time that a client has from connecting to its first byte. */
    private static final long FIRST_BYTE = 1_000;

    /**
     * Returns true if no request is under way on it, as far as can be told: everything that came
     * was answered, nothing is being sent, and it has been quiet for a time. What pauses for longer
     * in the middle of an answer looks the same.
     *
     * @param quiet milliseconds
     */
    public boolean isIdle(long quiet) {
      if (!isOpen()) {
        return true;
      }
      if (asked == 0) {
        return received >= FIRST_BYTE;
      }
      return !unsent && answered > 1 && received >= sent && sent >= quiet;
    }

    /** Returns true if the other side may still send a request on it. */
    public boolean isOpen() {
      return state == ESTABLISHED || state == CLOSE_WAIT;
    }
  }

  /** Returns true if a descriptor is a TCP socket that listens. */
  public boolean isListening(int descriptor) {
    return number(descriptor, SOL_SOCKET, SO_ACCEPTCONN) == 1 && domain(descriptor) != 0;
  }

  /** Returns true if a descriptor is a stream socket of IPv4 or IPv6. */
  public boolean isTcp(int descriptor) {
    return domain(descriptor) != 0 && number(descriptor, SOL_SOCKET, SO_TYPE) == SOCK_STREAM;
  }

  /** Returns true if several sockets may listen on its address (SO_REUSEPORT). */
  public boolean sharesItsPort(int descriptor) {
    return number(descriptor, SOL_SOCKET, SO_REUSEPORT) == 1;
  }

  /** Returns true if two sockets take connections of the same families, so may stand in. */
  public boolean sameFamilies(int one, int other) {
    return domain(one) == domain(other)
        && number(one, IPPROTO_IPV6, IPV6_V6ONLY) == number(other, IPPROTO_IPV6, IPV6_V6ONLY);
  }

  private int domain(int descriptor) {
    int domain = number(descriptor, SOL_SOCKET, SO_DOMAIN);
    return domain == AF_INET || domain == AF_INET6 ? domain : 0;
  }

  /**
   * Returns an address as both processes name it, such as {@code *:8080}: a wildcard is the same
   * for both families, and an IPv4 address for an IPv6 socket.
   */
  public static String name(InetAddress address, int port) {
    return (address.isAnyLocalAddress() ? "*" : host(address.getAddress())) + ":" + port;
  }

  private static String host(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (IOException notAnAddress) {
      return "?";
    }
  }

  /** Returns the address of a socket as {@link #name(InetAddress, int)}; empty if it has none. */
  public Optional<String> name(int descriptor) {
    ByteBuffer address = zeroed(128);
    ByteBuffer length = zeroed(8);
    length.putInt(0, 128);
    long result =
        calls.attempt(
            machine.getsockname(), descriptor, calls.address(address), calls.address(length), 0, 0);
    int family = address.getShort(0);
    if (result < 0 || (family != AF_INET && family != AF_INET6)) {
      return Optional.empty();
    }
    byte[] host = new byte[family == AF_INET ? 4 : 16];
    address.get(family == AF_INET ? 4 : 8, host);
    int port = Short.toUnsignedInt(address.order(ByteOrder.BIG_ENDIAN).getShort(2));
    try {
      return Optional.of(name(InetAddress.getByAddress(host), port));
    } catch (IOException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Gives a socket the options of another one, as far as they differ and the kernel allows. */
  public void copyOptions(int from, int to) {
    for (int[] option : NUMBERS) {
      int wanted = number(from, option[0], option[1]);
      if (wanted >= 0 && wanted != number(to, option[0], option[1])) {
        set(to, option[0], option[1], wanted);
      }
    }
    int buffer = number(from, SOL_SOCKET, SO_RCVBUF);
    if (buffer > 0 && buffer != number(to, SOL_SOCKET, SO_RCVBUF)) {
      // The kernel doubles what it is given, and tells the double (socket(7)).
      set(to, SOL_SOCKET, SO_RCVBUF, buffer / 2);
    }
  }

  /** Returns what the kernel knows of a connection; empty if a descriptor is not a TCP socket. */
  public Optional<Connection> connection(int descriptor) {
    return info(descriptor)
        .map(
            info ->
                new Connection(
                    info.get(0),
                    info.getInt(24) != 0 || info.getInt(144) != 0,
                    Integer.toUnsignedLong(info.getInt(44)),
                    Integer.toUnsignedLong(info.getInt(52)),
                    info.getLong(120),
                    info.getLong(128)));
  }

  /** Returns how many connections wait to be accepted; 0 for a socket that does not listen. */
  public int waiting(int listener) {
    return isListening(listener) ? info(listener).map(info -> info.getInt(24)).orElse(0) : 0;
  }

  private Optional<ByteBuffer> info(int descriptor) {
    ByteBuffer info = zeroed(INFO);
    ByteBuffer length = zeroed(8);
    length.putInt(0, INFO);
    long result =
        calls.attempt(
            machine.getsockopt(),
            descriptor,
            IPPROTO_TCP,
            TCP_INFO,
            calls.address(info),
            calls.address(length));
    return result < 0 ? Optional.empty() : Optional.of(info);
  }

  /** Tells the other side of a connection that nothing more comes (shutdown(2)). */
  public void endSending(int connection) {
    calls.attempt(machine.shutdown(), connection, SHUT_WR, 0, 0, 0);
  }

  /**
   * Opens a socket that listens where nobody looks for it, on a port of the loopback interface.
   *
   * @throws IOException if the kernel refuses
   */
  public int idleListener() throws IOException {
    int socket =
        (int) calls.make("socket", machine.socket(), AF_INET, SOCK_STREAM_CLOSED_ON_EXEC, 0, 0, 0);
    try {
      ByteBuffer address = zeroed(16);
      address.putShort(0, (short) AF_INET).put(4, new byte[] {127, 0, 0, 1});
      calls.make("bind", machine.bind(), socket, calls.address(address), 16, 0, 0);
      calls.make("listen", machine.listen(), socket, 1, 0, 0, 0);
      return socket;
    } catch (IOException refused) {
      calls.attempt(machine.close(), socket, 0, 0, 0, 0);
      throw refused;
    }
  }

  private int number(int descriptor, int level, int option) {
    ByteBuffer value = zeroed(8);
    value.putInt(4, 4);
    long address = calls.address(value);
    long result =
        calls.attempt(machine.getsockopt(), descriptor, level, option, address, address + 4);
    return result < 0 ? -1 : value.getInt(0);
  }

  private void set(int descriptor, int level, int option, int wanted) {
    ByteBuffer value = zeroed(8);
    value.putInt(0, wanted);
    calls.attempt(machine.setsockopt(), descriptor, level, option, calls.address(value), 4);
  }
}
