package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address on which the control endpoint listens. */
public sealed interface ListenAddress {

  /**
   * A Unix domain socket.
   *
   * @param path absolute path of the socket's file
   */
  record UnixSocket(Path path) implements ListenAddress {

    /** The size of {@code sun_path} on Linux, less the byte that ends it (unix(7)). */
    private static final int LONGEST_PATH = 107;

    /**
     * @throws IllegalArgumentException if the path is too long, with a message for the user
     */
    public UnixSocket {
      int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
      if (length > LONGEST_PATH) {
        throw new IllegalArgumentException(
            "the socket path '"
                + path
                + "' has "
                + length
                + " bytes, more than the "
                + LONGEST_PATH
                + " that a Unix socket may have; choose a shorter one with "
                + Setting.CONTROL_LISTEN.option()
                + " unix:PATH");
      }
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * A TCP port.
   *
   * @param host name or literal address, without brackets
   * @param port 0 for any free port
   */
  record Tcp(String host, int port) implements ListenAddress {

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** The form of a TCP address. The brackets are for IPv6. */
  Pattern HOST_AND_PORT = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]/\\s]+)):(\\d{1,5})");

  /**
   * Reads {@code unix:PATH} or {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if the text is neither, with a message for the user
   */
  static ListenAddress parse(String text) {
    if (text.startsWith("unix:")) {
      return new UnixSocket(pathOf(text, text.substring("unix:".length())));
    }
    Matcher matcher = HOST_AND_PORT.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : -1;
    if (port < 0 || port > 65535) {
      throw notUnderstood(text);
    }
    String literal = matcher.group(1);
    return new Tcp(literal == null ? matcher.group(2) : literal, port);
  }

  private static Path pathOf(String text, String path) {
    try {
      if (!path.isEmpty()) {
        return Path.of(path).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException notAPath) {
      // Reported below.
    }
    throw notUnderstood(text);
  }

  private static IllegalArgumentException notUnderstood(String text) {
    return new IllegalArgumentException(
        Setting.CONTROL_LISTEN.option()
            + " '"
            + Text.shortened(text, 120)
            + "' is not understood; write HOST:PORT or unix:PATH");
  }
}
