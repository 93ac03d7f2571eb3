package dev.fastdeploy.demo.traffic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One GET on a connection of its own. A kept-alive connection that its server closes while idle
 * looks like a cut-off request, and a client that retries hides one that was; here each connection
 * carries one request, and each request is tried once.
 */
final class Exchange {

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3}) .*");
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d{1,9})");

  private final int instance;
  private final int port;
  private final String path;
  private final int timeoutMillis;
  private final long startMillis = System.currentTimeMillis();

  private Exchange(int instance, int port, String path, int timeoutMillis) {
    this.instance = instance;
    this.port = port;
    this.path = path;
    this.timeoutMillis = timeoutMillis;
  }

  /** Asks once and judges the result. Never throws for what the other side does. */
  static RequestResult perform(int instance, int port, String path, int timeoutMillis) {
    return new Exchange(instance, port, path, timeoutMillis).perform();
  }

  private RequestResult perform() {
    try (Socket socket = new Socket()) {
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
      } catch (IOException noConnection) {
        return result(Fate.REFUSED, null, seen(noConnection));
      }
      return ask(socket);
    } catch (IOException notClosed) {
      return result(Fate.FAILED, null, seen(notClosed));
    }
  }

  private RequestResult ask(Socket socket) {
    ByteArrayOutputStream received = new ByteArrayOutputStream(256);
    try {
      socket.setSoTimeout(timeoutMillis);
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream input = socket.getInputStream();
      byte[] buffer = new byte[1024];
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        received.write(buffer, 0, count);
      }
      return judged(received.toString(StandardCharsets.ISO_8859_1));
    } catch (SocketException reset) {
      return result(received.size() == 0 ? Fate.RESET : Fate.FAILED, null, seen(reset));
    } catch (IOException tooLate) {
      return result(Fate.FAILED, null, seen(tooLate));
    }
  }

  private RequestResult judged(String response) {
    int headEnd = response.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      return result(
          Fate.FAILED, null, "the connection ended after " + response.length() + " bytes");
    }
    String head = response.substring(0, headEnd);
    String body = response.substring(headEnd + 4);
    Matcher status = STATUS_LINE.matcher(head.split("\r\n", 2)[0]);
    if (!status.matches() || !status.group(1).equals("200")) {
      return result(Fate.FAILED, null, "answered: " + head.split("\r\n", 2)[0]);
    }
    Matcher length = LENGTH.matcher(head);
    if (!length.find() || Integer.parseInt(length.group(1)) != body.length()) {
      return result(Fate.FAILED, null, "the answer was cut after " + body.length() + " bytes");
    }
    Optional<Answer> answer = Answer.parse(head, body);
    return answer.isPresent()
        ? result(Fate.SERVED, answer.get(), "")
        : result(Fate.FAILED, null, "the answer does not tell a commit: " + body.strip());
  }

  private RequestResult result(Fate fate, @Nullable Answer answer, String detail) {
    return new RequestResult(
        instance, path, startMillis, System.currentTimeMillis(), fate, answer, detail);
  }

  private static String seen(IOException failure) {
    return String.valueOf(failure.getMessage());
  }
}
