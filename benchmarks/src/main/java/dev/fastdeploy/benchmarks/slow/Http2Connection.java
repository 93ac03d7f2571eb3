package dev.fastdeploy.benchmarks.slow;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * A client's HTTP/2 connection without TLS, whose server it knows to speak it. It takes 64 KB in
 * all: Tomcat ends connections that ask for a few bytes more at a time.
 */
final class Http2Connection implements Closeable {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;

  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int REFUSED_STREAM = 7;

  private final Connection connection;
  private final Set<Integer> ended = new HashSet<>();
  private final Set<Integer> refused = new HashSet<>();
  private int lastStream = Integer.MAX_VALUE;
  private boolean goingAway;
  private int nextStream = 1;

  Http2Connection(Site site) throws IOException {
    connection = Connection.plain(site);
    connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    connection.send(frame(SETTINGS, 0, 0));
  }

  /** Sends a request, and returns its stream. */
  int get(String path) throws IOException {
    int stream = nextStream;
    nextStream += 2;
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":method", "GET");
    header(headers, ":scheme", "http");
    header(headers, ":path", path);
    header(headers, ":authority", "localhost");
    connection.send(frame(HEADERS, END_HEADERS | END_STREAM, stream, headers.toByteArray()));
    return stream;
  }

  /**
   * Reads until a stream is over.
   *
   * @return true if it was answered; false if the server said that it takes it no more, so that it
   *     may be asked again
   */
  boolean answered(int stream) throws IOException {
    while (!ended.contains(stream) && !refused.contains(stream) && stream <= lastStream) {
      readFrame();
    }
    return ended.contains(stream);
  }

  /** Reads what has come, and returns true if the server has said that the connection ends. */
  boolean isGoingAway() throws IOException {
    while (connection.in().available() > 0) {
      readFrame();
    }
    return goingAway;
  }

  private void readFrame() throws IOException {
    DataInputStream in = connection.in();
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[lengthAndType >>> 8];
    in.readFully(payload);
    int type = lengthAndType & 0xFF;
    switch (type) {
      case SETTINGS, PING -> {
        if ((flags & ACK) == 0) {
          connection.send(frame(type, ACK, 0, type == PING ? payload : new byte[0]));
        }
      }
      case GOAWAY -> {
        goingAway = true;
        lastStream = ByteBuffer.wrap(payload).getInt();
      }
      case RST_STREAM -> {
        if (ByteBuffer.wrap(payload).getInt() != REFUSED_STREAM) {
          throw new IOException("a stream was reset");
        }
        refused.add(stream);
      }
      default -> {}
    }
    if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
      ended.add(stream);
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte... payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    text(out, name);
    text(out, value);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write(text.length());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
