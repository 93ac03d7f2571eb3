package dev.fastdeploy.agent.control;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The address at the other end of a connection. */
final class PeerAddress {

  private static final int NETWORK_BYTES = 8;

  private PeerAddress() {}

  /** Returns the address without its port. */
  static String host(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "unix";
  }

  /** Returns the address with its port. */
  static String full(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet
        ? host(address) + ":" + internet.getPort()
        : host(address);
  }

  /**
   * Returns the address that counts as one client. For IPv6 that is a network of 64 bits, since a
   * client may use any address in it.
   */
  static String client(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet
            && internet.getAddress() instanceof Inet6Address v6
        ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES)) + "/64"
        : host(address);
  }
}
