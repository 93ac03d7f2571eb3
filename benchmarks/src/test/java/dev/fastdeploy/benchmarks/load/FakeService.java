package dev.fastdeploy.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every request with what it is told to. */
final class FakeService implements AutoCloseable {

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String answer;

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
    try (connection) {
      InputStream input = connection.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) input.read());
      }
      asked.incrementAndGet();
      connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException clientGone) {
      // The client judges it.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
