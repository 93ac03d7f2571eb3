package dev.fastdeploy.demo.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports on which a process started later can listen.
 *
 * <p>They are below the range from which the kernel takes the ports of outgoing connections.
 * Otherwise a client's connection could occupy the port while its service is being replaced, or,
 * with nobody listening, be connected to itself.
 *
 * <p>A port is given out once in the life of this process. Nobody listens on it until its service
 * has started, and meanwhile another thread must neither get it nor try whether it is free.
 * Thread-safe.
 */
public final class FreePorts {

  private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LEAST = 15_000;
  private static final int USUAL_EPHEMERAL = 32_768;
  private static final int ATTEMPTS = 10_000;
  private static final Set<Integer> GIVEN_OUT = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /** Returns one port. */
  public static int one() throws IOException {
    return find(1).get(0);
  }

  /**
   * Returns several different ports.
   *
   * @throws IOException if there are not that many
   */
  public static List<Integer> find(int count) throws IOException {
    int limit = limit();
    Set<Integer> found = new LinkedHashSet<>();
    for (int i = 0; i < ATTEMPTS && found.size() < count; i++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, limit);
      if (GIVEN_OUT.add(port) && free(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new IOException("no " + count + " ports are free from " + LEAST + " to " + (limit - 1));
    }
    return List.copyOf(found);
  }

  private static int limit() throws IOException {
    if (!Files.isReadable(EPHEMERAL)) {
      return USUAL_EPHEMERAL;
    }
    int first = Integer.parseInt(Files.readString(EPHEMERAL).strip().split("\\s+", 2)[0]);
    return first > LEAST + 1_000 ? first : USUAL_EPHEMERAL;
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
