package dev.fastdeploy.benchmarks.slow;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client's connection, and HTTP/1.1 on it. Used by one thread. */
final class Connection implements Closeable {

  /** The time for which a client waits for the next byte. */
  static final int PATIENCE_MILLIS = 40_000;

  private final Socket socket;
  private final DataInputStream in;

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  static Connection plain(Site site) throws IOException {
    return new Connection(new Socket(InetAddress.getLoopbackAddress(), site.port()));
  }

  static Connection secure(Site site) throws IOException {
    return new Connection(
        site.trust().getSocketFactory().createSocket("127.0.0.1", site.secondPort()));
  }

  DataInputStream in() {
    return in;
  }

  void send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends the head of a request. */
  void send(String method, String path, String... headers) throws IOException {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    send(
        (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads an answer in full.
   *
   * @return true if another may follow on the connection
   */
  boolean answered() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("answered: " + status);
    }
    boolean keeps = true;
    boolean chunked = false;
    int length = 0;
    String header = line().toLowerCase(Locale.ROOT);
    while (!header.isEmpty()) {
      keeps &= !header.equals("connection: close");
      chunked |= header.equals("transfer-encoding: chunked");
      length = header.startsWith("content-length:") ? number(header.substring(15), 10) : length;
      header = line().toLowerCase(Locale.ROOT);
    }
    if (chunked) {
      int chunk = number(line(), 16);
      while (chunk > 0) {
        skip(chunk + 2);
        chunk = number(line(), 16);
      }
      skip(2);
    } else {
      skip(length);
    }
    return keeps;
  }

  private static int number(String text, int radix) {
    return Integer.parseInt(text.strip(), radix);
  }

  private void skip(int count) throws IOException {
    in.skipNBytes(count);
  }

  /** Reads a line of a head. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.readUnsignedByte();
    while (next != '\n') {
      line.append((char) next);
      next = in.readUnsignedByte();
    }
    return line.toString().strip();
  }

  /**
   * Waits until the server ends it.
   *
   * @return that the client was told so: without TLS by the end itself
   * @throws IOException if it ends in another way; with TLS, if close_notify is missing
   */
  Ending awaitEnd() throws IOException {
    int unexpected = in.read();
    if (unexpected >= 0) {
      throw new IOException("a byte came unasked");
    }
    return Ending.TOLD;
  }

  /** Returns true if the server has ended it, as a pool sees before it gives it out. */
  boolean hasEnded() throws IOException {
    socket.setSoTimeout(1);
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
