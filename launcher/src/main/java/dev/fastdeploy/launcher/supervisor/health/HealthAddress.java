package dev.fastdeploy.launcher.supervisor.health;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address at which the launcher answers: {@code HOST:PORT}, exactly as it was given.
 *
 * @param host a name or an address, an IPv6 one without its brackets
 */
public record HealthAddress(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^:\\[\\]\\s]+):(\\d{1,5})");
  private static final Pattern BARE_PORT = Pattern.compile(":?(\\d{1,5})");
  private static final int BACKLOG = 16;

  /**
   * Parses the address.
   *
   * @throws IllegalArgumentException if it is not {@code HOST:PORT}, with a message for the user
   */
  public static HealthAddress parse(String text) {
    Matcher bare = BARE_PORT.matcher(text);
    if (bare.matches()) {
      throw new IllegalArgumentException(
          named(text)
              + " names no host; write 127.0.0.1:"
              + bare.group(1)
              + " for this machine alone or 0.0.0.0:"
              + bare.group(1)
              + " for all");
    }
    Matcher form = FORM.matcher(text);
    int port = form.matches() ? Integer.parseInt(form.group(2)) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          named(text) + " is not understood; write HOST:PORT, like 0.0.0.0:7401");
    }
    return new HealthAddress(form.group(1).replaceAll("[\\[\\]]", ""), port);
  }

  /**
   * Listens at the address.
   *
   * @throws IOException if that is impossible, with a message for the user
   */
  ServerSocketChannel listen() throws IOException {
    InetAddress address = resolved();
    // Without a family, a socket for 0.0.0.0 would listen on the IPv6 addresses too.
    ProtocolFamily family =
        address instanceof Inet6Address
            ? StandardProtocolFamily.INET6
            : StandardProtocolFamily.INET;
    ServerSocketChannel server = ServerSocketChannel.open(family);
    try {
      server.bind(new InetSocketAddress(address, port), BACKLOG);
      return server;
    } catch (IOException cannotListen) {
      server.close();
      throw new IOException(
          named(toString())
              + " cannot be listened on ("
              + Diagnostics.reason(cannotListen)
              + "); name an address of this machine and a port that is free",
          cannotListen);
    }
  }

  private InetAddress resolved() throws IOException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new IOException(
          named(toString()) + " names an unknown host; name an address of this machine", unknown);
    }
  }

  private static String named(String text) {
    return Setting.HEALTH.option() + " '" + Text.shortened(text, 100) + "'";
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
