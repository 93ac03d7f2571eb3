package dev.fastdeploy.demo.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An HTTP server that ends without cutting off a request: it takes the connections in the
 * listener's backlog, closes the listener, answers what it took, and has ended.
 *
 * <p>The JDK's own server cannot: {@code HttpServer.stop} closes the listener first, which resets
 * the connections in its backlog, then resets connections whose request it has not read yet; and on
 * JDK 17 it looks only five times a second whether it may end. A connection that is made between
 * the last look at the backlog and the close, some microseconds, is reset here too; {@link Account}
 * tells it from a request that was read.
 *
 * <p>One request a connection: a kept-alive one would end at the drain at a moment when the client
 * may be sending.
 */
final class DrainingServer {

  private static final int BACKLOG = 1024;

  private final ServerSocketChannel listener;
  private final Selector selector;
  private final SelectionKey key;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Handler handler;
  private final Account account;
  private final Thread acceptor = new Thread(null, new Acceptor(), "demo-acceptor", 0, false);
  private volatile boolean draining;

  private DrainingServer(
      ServerSocketChannel listener, Selector selector, Handler handler, Account account)
      throws IOException {
    this.listener = listener;
    this.selector = selector;
    this.handler = handler;
    this.account = account;
    listener.configureBlocking(false);
    this.key = listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Listens; connections wait until {@link #start}.
   *
   * @throws IOException if the port is taken, with a message that names it
   */
  static DrainingServer listen(InetSocketAddress address, Handler handler, Account account)
      throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(address, BACKLOG);
      return new DrainingServer(listener, Selector.open(), handler, account);
    } catch (IOException failure) {
      listener.close();
      throw new IOException("port " + address.getPort() + ": " + failure.getMessage(), failure);
    }
  }

  /** Returns the port on which it listens. */
  int port() {
    return listener.socket().getLocalPort();
  }

  /** Starts to answer. The threads keep the JVM alive until {@link #drain}. */
  void start() {
    acceptor.start();
  }

  /**
   * Stops accepting, and waits until everything that was accepted has been answered.
   *
   * @throws TimeoutException if that takes longer than the limit
   */
  void drain(Duration limit) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    draining = true;
    selector.wakeup();
    acceptor.join(limit.toMillis());
    workers.shutdown();
    if (!workers.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException("some requests are not answered after " + limit.toMillis() + "ms");
    }
  }

  private final class Acceptor implements Runnable {

    @Override
    public void run() {
      try {
        while (!draining) {
          selector.select();
          selector.selectedKeys().clear();
          for (SocketChannel connection : waiting()) {
            serve(connection);
          }
        }
        closeListener();
      } catch (IOException failure) {
        System.err.println("demo-service: no more connections are accepted: " + failure);
      }
    }

    private void closeListener() throws IOException {
      key.cancel();
      // Closing a channel that is still registered is put off until the selector releases it.
      selector.selectNow();
      List<SocketChannel> last = waiting();
      listener.close();
      for (SocketChannel connection : last) {
        serve(connection);
      }
      selector.close();
    }

    private List<SocketChannel> waiting() throws IOException {
      List<SocketChannel> connections = new ArrayList<>();
      for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
        connections.add(next);
      }
      return connections;
    }

    private void serve(SocketChannel connection) {
      workers.execute(new Connection(connection, handler, account));
    }
  }
}
