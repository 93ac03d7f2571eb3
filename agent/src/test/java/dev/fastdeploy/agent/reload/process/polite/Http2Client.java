package dev.fastdeploy.agent.reload.process.polite;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A client's HTTP/2 connection, which takes note of the streams that the server still accepts. */
final class Http2Client implements Closeable {

  private static final int PATIENCE_MILLIS = 30_000;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;

  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final Socket socket;
  private final DataInputStream in;
  private final Map<Integer, ByteArrayOutputStream> bodies = new TreeMap<>();
  private final Set<Integer> ended = new HashSet<>();
  private final List<Integer> lastStreams = new ArrayList<>();
  private int nextStream = 1;

  Http2Client(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
    ByteArrayOutputStream greeting = new ByteArrayOutputStream();
    greeting.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    greeting.writeBytes(frame(SETTINGS, 0, 0));
    socket.getOutputStream().write(greeting.toByteArray());
  }

  /** Sends a request, and returns its stream. */
  int get(String path) throws IOException {
    return send(END_STREAM, "GET", path, new byte[0]);
  }

  /** Sends a gRPC call with an empty message, and returns its stream. */
  int call(String path) throws IOException {
    return send(0, "POST", path, frame(DATA, END_STREAM, nextStream, new byte[5]));
  }

  private int send(int flags, String method, String path, byte[] more) throws IOException {
    int stream = nextStream;
    nextStream += 2;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(frame(HEADERS, END_HEADERS | flags, stream, headers(method, path)));
    out.writeBytes(more);
    socket.getOutputStream().write(out.toByteArray());
    return stream;
  }

  /** Reads until a stream has ended, and returns its body. */
  byte[] body(int stream) throws IOException {
    while (!ended.contains(stream)) {
      readFrame();
    }
    return bodyOf(stream).toByteArray();
  }

  /** Reads until the server says that the connection will end. */
  void awaitGoAway() throws IOException {
    while (lastStreams.isEmpty()) {
      readFrame();
    }
  }

  /** The last streams of the GOAWAY frames that were read. */
  List<Integer> lastStreams() {
    return lastStreams;
  }

  /** Reads until the server closes. */
  void awaitEnd() throws IOException {
    try {
      while (true) {
        readFrame();
      }
    } catch (EOFException closed) {
      // As it should be.
    }
  }

  private void readFrame() throws IOException {
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(lengthAndType >>> 8);
    switch (lengthAndType & 0xFF) {
      case DATA -> bodyOf(stream).writeBytes(payload);
      case SETTINGS, PING -> acknowledge(lengthAndType & 0xFF, flags, payload);
      case GOAWAY -> lastStreams.add(ByteBuffer.wrap(payload).getInt());
      case RST_STREAM -> throw new IOException("the server has reset stream " + stream);
      default -> {}
    }
    boolean ends = (lengthAndType & 0xFF) == DATA || (lengthAndType & 0xFF) == HEADERS;
    if (ends && (flags & END_STREAM) != 0) {
      ended.add(stream);
    }
  }

  private ByteArrayOutputStream bodyOf(int stream) {
    return bodies.computeIfAbsent(stream, unused -> new ByteArrayOutputStream());
  }

  private void acknowledge(int type, int flags, byte[] payload) throws IOException {
    if ((flags & ACK) == 0) {
      byte[] same = type == PING ? payload : new byte[0];
      socket.getOutputStream().write(frame(type, ACK, 0, same));
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

  private static byte[] headers(String method, String path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    header(out, ":method", method);
    header(out, ":scheme", "http");
    header(out, ":path", path);
    header(out, ":authority", "localhost");
    if (method.equals("POST")) {
      header(out, "content-type", "application/grpc");
      header(out, "te", "trailers");
    }
    return out.toByteArray();
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
    socket.close();
  }
}
