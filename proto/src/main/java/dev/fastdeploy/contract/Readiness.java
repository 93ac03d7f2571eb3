package dev.fastdeploy.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question to the service whether it is ready: a TCP connection, or an HTTP GET that is answered
 * with 2xx or 3xx. Speaks HTTP/1.1 over a plain socket, because the JDK's clients initialise
 * loggers that belong to the application. Thread-safe.
 */
public final class Readiness {

  private static final Pattern FORM =
      Pattern.compile("(http|tcp):(?://)?(?:([^:/\\[\\]]+|\\[[0-9a-fA-F:]+\\]):)?(\\d{1,5})(/.*)?");
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/\\d\\.\\d (\\d{3})( .*)?");

  private final String text;
  private final String host;
  private final int port;
  private final @Nullable String path;

  private Readiness(String text, String host, int port, @Nullable String path) {
    this.text = text;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /**
   * Reads {@code http:[HOST:]PORT/PATH} or {@code tcp:[HOST:]PORT}; the host is the loopback
   * address unless told.
   *
   * @throws IllegalArgumentException if the text is neither, with a message for the user
   */
  public static Readiness parse(String text) {
    Matcher form = FORM.matcher(text);
    int port = form.matches() ? Integer.parseInt(form.group(3)) : 0;
    boolean http = port > 0 && form.group(1).equals("http");
    String path = port > 0 ? form.group(4) : null;
    if (port < 1 || port > 65535 || (!http && path != null)) {
      throw new IllegalArgumentException(
          "--ready '"
              + Text.shortened(text, 100)
              + "' is not understood; write http:[HOST:]PORT/PATH or tcp:[HOST:]PORT");
    }
    String host =
        form.group(2) == null
            ? InetAddress.getLoopbackAddress().getHostAddress()
            : form.group(2).replaceAll("[\\[\\]]", "");
    return new Readiness(text, host, port, http ? (path == null ? "/" : path) : null);
  }

  /**
   * Asks once.
   *
   * @param timeout for the connection, and again for the answer
   * @return why the service is not ready, one line; nothing if it is
   */
  public Optional<String> ask(Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), millis);
      if (path == null) {
        return Optional.empty();
      }
      socket.setSoTimeout(millis);
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + host
              + ":"
              + port
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return judged(new String(socket.getInputStream().readNBytes(64), StandardCharsets.US_ASCII));
    } catch (IOException failure) {
      return Optional.of(text + ": " + Diagnostics.reason(failure));
    }
  }

  private Optional<String> judged(String answer) {
    String statusLine = answer.split("\r?\n", 2)[0];
    Matcher matcher = STATUS_LINE.matcher(statusLine);
    if (!matcher.matches()) {
      return Optional.of(text + " does not answer in HTTP");
    }
    int status = Integer.parseInt(matcher.group(1));
    return status >= 200 && status < 400
        ? Optional.empty()
        : Optional.of(text + " answers " + status);
  }

  @Override
  public String toString() {
    return text;
  }
}
