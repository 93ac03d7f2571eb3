package dev.fastdeploy.e2e;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a command and a control endpoint in the clear, and keeps what the command sends on
 * its first connection, as somebody who listens would, to send it again later. It may also keep
 * requests from arriving.
 */
final class RequestRecorder implements AutoCloseable {

  private static final int PREFACE = 24;
  private static final int FRAME_HEADER = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int END_STREAM = 1;

  private final int endpoint;
  private final boolean hold;
  private final ServerSocket server;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final CopyOnWriteArrayList<Socket> sockets = new CopyOnWriteArrayList<>();

  /**
   * @param endpoint the endpoint's port on the loopback address
   * @param hold whether the request itself is not passed on
   */
  RequestRecorder(int endpoint, boolean hold) throws IOException {
    this.endpoint = endpoint;
    this.hold = hold;
    this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    start(this::serve);
  }

  /** What the command is to be given as its target. */
  String target() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Sends what was recorded on a connection of its own, which stays open until this is closed. */
  void replay() throws IOException {
    Socket socket = connect();
    synchronized (sent) {
      socket.getOutputStream().write(sent.toByteArray());
    }
    start(() -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint);
    sockets.add(socket);
    return socket;
  }

  private void serve() throws IOException {
    for (boolean first = true; true; first = false) {
      Socket client = server.accept();
      sockets.add(client);
      boolean recorded = first;
      start(() -> serve(client, recorded));
    }
  }

  private void serve(Socket client, boolean recorded) throws IOException {
    try (client;
        Socket agent = connect()) {
      start(() -> passOn(client.getInputStream(), agent.getOutputStream(), recorded));
      agent.getInputStream().transferTo(client.getOutputStream());
    }
  }

  /** The frames of HTTP/2, RFC 9113: length in three bytes, type, flags, four more, payload. */
  private void passOn(InputStream from, OutputStream to, boolean first) throws IOException {
    DataInputStream in = new DataInputStream(from);
    boolean recorded = first;
    write(in.readNBytes(PREFACE), to, recorded, true);
    while (true) {
      byte[] header = new byte[FRAME_HEADER];
      in.readFully(header);
      byte[] payload =
          new byte[(header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff)];
      in.readFully(payload);
      boolean request = header[3] == HEADERS || header[3] == DATA;
      write(header, to, recorded, !hold || !request);
      write(payload, to, recorded, !hold || !request);
      // What follows the whole request takes it back.
      recorded &= !(header[3] == DATA && (header[4] & END_STREAM) != 0);
    }
  }

  private void write(byte[] bytes, OutputStream to, boolean recorded, boolean passedOn)
      throws IOException {
    if (recorded) {
      synchronized (sent) {
        sent.writeBytes(bytes);
      }
    }
    if (passedOn) {
      to.write(bytes);
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException ended) {
                // A connection or this recorder was closed.
              }
            },
            "request-recorder");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
