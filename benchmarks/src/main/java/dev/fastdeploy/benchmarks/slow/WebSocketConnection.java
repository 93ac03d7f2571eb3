package dev.fastdeploy.benchmarks.slow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A client's WebSocket, for short messages. */
final class WebSocketConnection implements Closeable {

  private static final int TEXT = 0x81;
  private static final int MASKED = 0x80;
  private static final int CLOSE = 8;

  private final Connection connection;

  WebSocketConnection(Site site) throws IOException {
    connection = Connection.plain(site);
    connection.send(
        "GET",
        "/echo",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    String status = connection.line();
    if (!status.startsWith("HTTP/1.1 101")) {
      throw new IOException("answered: " + status);
    }
    String header = connection.line();
    while (!header.isEmpty()) {
      header = connection.line();
    }
  }

  /** Sends a message of less than 126 bytes; its mask is all zeros. */
  void send(String message) throws IOException {
    byte[] text = message.getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[6 + text.length];
    frame[0] = (byte) TEXT;
    frame[1] = (byte) (MASKED | text.length);
    System.arraycopy(text, 0, frame, 6, text.length);
    connection.send(frame);
  }

  /** Waits for a frame; returns false if it says that the connection ends. */
  boolean receives() throws IOException {
    int kind = connection.in().readUnsignedByte() & 0xF;
    connection.in().skipNBytes(connection.in().readUnsignedByte());
    return kind != CLOSE;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
