package dev.fastdeploy.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every request with what it is told to. */
final class FakeService implements AutoCloseable {

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private final Set<Socket> kept = ConcurrentHashMap.newKeySet();
  private volatile String answer;
  private volatile boolean keeping;
  private volatile boolean silent;

  FakeService(String answer) throws IOException {
    this(answer, 100);
    accept();
  }

  private FakeService(String answer, int backlog) throws IOException {
    this.answer = answer;
    this.listener = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  /** Returns one that leaves its connections in the queue until it is told to {@link #accept}. */
  static FakeService held(String answer, int backlog) throws IOException {
    return new FakeService(answer, backlog);
  }

  /** Returns one that answers as many requests on a connection as come. */
  static FakeService keeping(String answer) throws IOException {
    FakeService service = new FakeService(answer, 100);
    service.keeping = true;
    service.accept();
    return service;
  }

  static String good(String commit) {
    return "HTTP/1.1 200 OK\r\nService-Process: 4711\r\nContent-Length: "
        + (commit.length() + 1)
        + "\r\n\r\n"
        + commit
        + "\n";
  }

  int port() {
    return listener.getLocalPort();
  }

  int asked() {
    return asked.get();
  }

  void answer(String text) {
    answer = text;
  }

  /** Ends the connections that are open, and whatever was asked on them. */
  void endConnections() throws IOException {
    for (Socket connection : kept) {
      connection.close();
    }
  }

  /** Reads requests from now on, and answers none. */
  void silence() {
    silent = true;
  }

  /** Takes connections from now on. */
  void accept() {
    threads.execute(this::acceptAll);
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket connection = listener.accept();
        threads.execute(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    kept.add(connection);
    try (connection) {
      do {
        readHead(connection.getInputStream());
        asked.incrementAndGet();
        if (!silent) {
          connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
      } while (keeping);
    } catch (IOException clientGone) {
      // The client judges it.
    } finally {
      kept.remove(connection);
    }
  }

  private static void readHead(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = input.read();
      if (read < 0) {
        throw new EOFException();
      }
      head.append((char) read);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
