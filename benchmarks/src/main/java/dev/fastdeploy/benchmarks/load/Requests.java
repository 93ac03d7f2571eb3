package dev.fastdeploy.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a service on the loopback address, each time on a connection of its own and once only: a
 * kept connection, or a second attempt, would hide what a reload does. Thread-safe.
 *
 * @param port of the service
 * @param method such as GET
 * @param path with its query
 * @param timeoutMillis for connecting, and again for each read
 */
public record Requests(int port, String method, String path, int timeoutMillis) {

  private static final Pattern OK = Pattern.compile("HTTP/1\\.1 200\\b.*");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d{1,9})\r?$");
  private static final Pattern CLOSE = Pattern.compile("(?im)^connection: *close\\b");
  private static final Pattern PROCESS = Pattern.compile("(?im)^service-process: *(\\d+)\r?$");

  /** Asks with GET. */
  public Requests(int port, String path, int timeoutMillis) {
    this(port, "GET", path, timeoutMillis);
  }

  /**
   * Asks one request after the other.
   *
   * @param commit that is to answer
   * @throws IOException if one has no good answer from it
   */
  public void warm(String commit, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Reply reply = ask();
      if (!reply.from(commit)) {
        throw new IOException("request " + i + " of the warm-up failed: " + reply);
      }
    }
  }

  /** Asks once. Never throws for what the other side does. */
  public Reply ask() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(bytes(false));
      return judged(all(socket.getInputStream()));
    } catch (IOException failure) {
      return Reply.failed(failure);
    }
  }

  /**
   * Returns what is sent.
   *
   * @param keep whether another request may follow on the connection
   */
  byte[] bytes(boolean keep) {
    return (method
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nContent-Length: 0\r\n"
            + (keep ? "" : "Connection: close\r\n")
            + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String all(InputStream input) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream(512);
    input.transferTo(received);
    return received.toString(StandardCharsets.ISO_8859_1);
  }

  /** Returns whether an answer is complete, however the connection goes on. */
  static boolean complete(String response) {
    int headEnd = response.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      return false;
    }
    Matcher length = LENGTH.matcher(response.substring(0, headEnd));
    return length.find() && response.length() - headEnd - 4 >= Integer.parseInt(length.group(1));
  }

  /** Returns whether a complete answer says that its connection ends. */
  static boolean closes(String response) {
    return CLOSE.matcher(response.substring(0, response.indexOf("\r\n\r\n"))).find();
  }

  /** Returns what a connection that has ended brought. */
  static Reply judged(String response) {
    int headEnd = response.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      return Reply.bad(
          Loss.ENDED_EARLY, "the connection ended after " + response.length() + " bytes");
    }
    String head = response.substring(0, headEnd);
    String body = response.substring(headEnd + 4);
    String status = head.split("\r\n", 2)[0];
    if (!OK.matcher(status).matches()) {
      return Reply.bad(Loss.OTHER_ANSWER, "answered: " + status);
    }
    Matcher length = LENGTH.matcher(head);
    if (!length.find() || Integer.parseInt(length.group(1)) != body.length()) {
      return Reply.bad(Loss.ENDED_EARLY, "the answer was cut after " + body.length() + " bytes");
    }
    Matcher process = PROCESS.matcher(head);
    return Reply.good(
        body.split("\n", 2)[0].strip(), process.find() ? Long.parseLong(process.group(1)) : 0);
  }
}
