package dev.fastdeploy.contract.descriptors;

import static dev.fastdeploy.contract.descriptors.Calls.zeroed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Unix sockets that keep the bounds of messages, by their descriptors, which the caller closes
 * (unix(7)). The JDK has Unix sockets, but passes no descriptors over them and shows no number of
 * theirs. Thread-safe.
 */
public final class UnixSockets {

  /** The longest path: {@code sun_path} has 108 bytes with the final zero. */
  public static final int LONGEST_PATH = 107;

  private static final int AF_UNIX = 1;
  private static final int SOCK_SEQPACKET = 5;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDTIMEO = 21;
  private static final int SHUT_RDWR = 2;
  private static final int BACKLOG = 128;

  private final Calls calls;
  private final Machine machine;

  UnixSockets(Calls calls) {
    this.calls = calls;
    this.machine = calls.machine();
  }

  /**
   * Listens on a path that does not exist yet. The file gets the mode that the process's umask
   * leaves, and stays.
   *
   * @throws IOException if the kernel refuses
   */
  public int listen(Path path) throws IOException {
    return with(
        socket -> {
          onPath("bind", machine.bind(), socket, path);
          calls.make("listen", machine.listen(), socket, BACKLOG, 0, 0, 0);
        });
  }

  /**
   * Connects to a path.
   *
   * @param patience the longest wait of each later call on it
   * @throws IOException if the kernel refuses, or nobody listens
   */
  public int connect(Path path, Duration patience) throws IOException {
    return with(
        socket -> {
          limit(socket, patience);
          onPath("connect", machine.connect(), socket, path);
        });
  }

  /**
   * Waits for a connection.
   *
   * @param patience the longest wait of each later call on it
   * @throws IOException if the kernel refuses, or another thread called {@link #end}
   */
  public int accept(int listener, Duration patience) throws IOException {
    int socket = (int) calls.make("accept4", machine.accept4(), listener, 0, 0, SOCK_CLOEXEC, 0);
    try {
      limit(socket, patience);
      return socket;
    } catch (IOException refused) {
      close(socket);
      throw refused;
    }
  }

  /**
   * Returns the process that connected, as this process's namespace numbers it; 0 if it is not in
   * there.
   *
   * @throws IOException if it is not a Unix socket
   */
  public long peer(int connection) throws IOException {
    ByteBuffer credentials = zeroed(12);
    ByteBuffer length = zeroed(8);
    length.putInt(0, 12);
    calls.make(
        "getsockopt",
        machine.getsockopt(),
        connection,
        SOL_SOCKET,
        SO_PEERCRED,
        calls.address(credentials),
        calls.address(length));
    return credentials.getInt(0);
  }

  /**
   * Ends all communication over a socket, and with it the waits of threads in calls on it. It stays
   * open, so that no other file takes its number meanwhile.
   */
  public void end(int socket) {
    calls.attempt(machine.shutdown(), socket, SHUT_RDWR, 0, 0, 0);
  }

  private void limit(int socket, Duration patience) throws IOException {
    ByteBuffer time = zeroed(16);
    time.putLong(0, patience.toSeconds()).putLong(8, patience.toNanosPart() / 1000);
    for (int option : new int[] {SO_RCVTIMEO, SO_SNDTIMEO}) {
      calls.make(
          "setsockopt", machine.setsockopt(), socket, SOL_SOCKET, option, calls.address(time), 16);
    }
  }

  private void onPath(String name, int number, int socket, Path path) throws IOException {
    byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST_PATH) {
      throw new IOException("the path '" + path + "' is too long for a socket");
    }
    ByteBuffer address = zeroed(2 + LONGEST_PATH + 1);
    address.putShort(0, (short) AF_UNIX).put(2, bytes);
    calls.make(name, number, socket, calls.address(address), 2 + bytes.length + 1, 0, 0);
  }

  private interface Use {
    void of(int socket) throws IOException;
  }

  private int with(Use use) throws IOException {
    int socket =
        (int)
            calls.make("socket", machine.socket(), AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, 0, 0);
    try {
      use.of(socket);
      return socket;
    } catch (IOException | RuntimeException refused) {
      close(socket);
      throw refused;
    }
  }

  private void close(int socket) {
    calls.attempt(machine.close(), socket, 0, 0, 0, 0);
  }
}
