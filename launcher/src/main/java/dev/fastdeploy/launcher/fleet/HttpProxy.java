package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.Text;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ProxiedSocketAddress;
import io.grpc.ProxyDetector;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy, asked for connections by CONNECT (RFC 9110, section 9.3.6). It resolves the names
 * of targets itself. The user names it: nothing is read from the JVM's properties.
 *
 * @param host a name or a literal address, IPv6 without brackets
 * @param port from 1 to 65535
 */
public record HttpProxy(String host, int port) implements ProxyDetector {

  private static final String SCHEME = "http://";

  /**
   * Reads {@code HOST:PORT}, {@code [IPV6]:PORT}, or one of them after {@code http://}.
   *
   * @throws IllegalArgumentException if the text is none of them, with a message for the user
   */
  public static HttpProxy parse(String text) {
    String address = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
    if (address.endsWith("/")) {
      address = address.substring(0, address.length() - 1);
    }
    Matcher form = HostAndPort.FORM.matcher(address);
    int port = form.matches() ? Integer.parseInt(form.group(3)) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "--proxy '"
              + Text.shortened(text, 100)
              + "' is not understood; write HOST:PORT of an HTTP proxy, without user and password");
    }
    return new HttpProxy(form.group(1) == null ? form.group(2) : form.group(1), port);
  }

  /**
   * Returns the way to a target. The proxy's name is looked up for each connection, as a target's
   * is.
   *
   * @throws UnknownHostException if the name is unknown, with a message for the user; gRPC would
   *     report an unresolved address as a bug of this program
   */
  @Override
  public @Nullable ProxiedSocketAddress proxyFor(SocketAddress target) throws UnknownHostException {
    if (!(target instanceof InetSocketAddress address)) {
      return null;
    }
    InetSocketAddress proxy = new InetSocketAddress(host, port);
    if (proxy.isUnresolved()) {
      throw new UnknownHostException(
          "the name '" + Text.shortened(host, 100) + "' of --proxy is unknown; check it");
    }
    return HttpConnectProxiedSocketAddress.newBuilder()
        .setTargetAddress(address)
        .setProxyAddress(proxy)
        .build();
  }
}
