package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of one instance's control endpoint. */
public sealed interface Target {

  /**
   * Returns the address as a user writes it, in its canonical form: {@code host:port} or {@code
   * unix:/path}.
   */
  String name();

  /** Returns whether data sent to it stays on this machine. */
  boolean local();

  /**
   * An endpoint that is reached over TCP.
   *
   * @param host a name or a literal address, IPv6 without brackets
   * @param port from 1 to 65535
   */
  record Port(String host, int port) implements Target {

    private static final Pattern LOOPBACK =
        Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

    @Override
    public String name() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Names other than {@code localhost} are not looked up, because their address may change. */
    @Override
    public boolean local() {
      return LOOPBACK.matcher(host).matches();
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /**
   * A Unix socket on this machine.
   *
   * @param path absolute path of the socket
   */
  record LocalSocket(Path path) implements Target {

    /** The size of {@code sun_path} on Linux, less the byte that ends it (unix(7)). */
    private static final int LONGEST_PATH = 107;

    /**
     * @throws IllegalArgumentException if the path is too long for a socket
     */
    public LocalSocket {
      path = path.toAbsolutePath().normalize();
      if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
        throw new IllegalArgumentException(
            "the target 'unix:"
                + Text.shortened(path.toString(), 140)
                + "' is too long: the path of a Unix socket has at most "
                + LONGEST_PATH
                + " bytes");
      }
    }

    @Override
    public String name() {
      return "unix:" + path;
    }

    @Override
    public boolean local() {
      return true;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /**
   * Reads {@code host:port}, {@code [ipv6]:port} or {@code unix:PATH}.
   *
   * @throws IllegalArgumentException if the text is none of them, with a message for the user
   */
  static Target parse(String text) {
    if (text.startsWith("unix:") && text.length() > "unix:".length()) {
      try {
        return new LocalSocket(Path.of(text.substring("unix:".length())));
      } catch (InvalidPathException malformed) {
        throw notUnderstood(text);
      }
    }
    Matcher form = HostAndPort.FORM.matcher(text);
    int port = form.matches() ? Integer.parseInt(form.group(3)) : 0;
    if (port < 1 || port > 65535) {
      throw notUnderstood(text);
    }
    return new Port(form.group(1) == null ? form.group(2) : form.group(1), port);
  }

  private static IllegalArgumentException notUnderstood(String text) {
    return new IllegalArgumentException(
        "the target '"
            + Text.shortened(text, 100)
            + "' is not understood; write host:port, [ipv6]:port or unix:PATH");
  }
}
