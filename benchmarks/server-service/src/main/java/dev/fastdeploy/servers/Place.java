package dev.fastdeploy.servers;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where a service listens: {@code --port PORT}, on the loopback address. */
final class Place {

  private Place() {}

  /**
   * Returns it.
   *
   * @throws IllegalArgumentException if the arguments are others
   */
  static InetSocketAddress of(String[] arguments) {
    if (arguments.length < 2 || !arguments[0].equals("--port")) {
      throw new IllegalArgumentException(
          "'" + String.join(" ", arguments) + "' is not understood; use --port with a number");
    }
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
  }

  /** Says that the service listens. */
  static void told(String server, InetSocketAddress address) {
    System.out.println(
        server + ": listens commit=" + Revision.commit() + " port=" + address.getPort());
  }
}
