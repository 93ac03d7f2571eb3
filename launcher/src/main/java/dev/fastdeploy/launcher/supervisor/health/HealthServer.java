package dev.fastdeploy.launcher.supervisor.health;

import dev.fastdeploy.contract.Diagnostics;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Answers {@code /live}, {@code /ready} and {@code /metrics}. One thread serves all connections and
 * waits for none of them: a slow client holds up nobody, and the oldest connection makes room when
 * there are too many. Must be closed before the JVM exits: a thread in a select delays that by 300
 * ms.
 */
public final class HealthServer implements Closeable {

  private static final int MOST_CONNECTIONS = 32;
  private static final int READ_AT_ONCE = 1024;
  private static final Duration CONNECTION_TIME = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofMillis(100);

  private final ServerSocketChannel server;
  private final Selector selector;
  private final HealthPages pages;
  private final Duration connectionTime;
  private final Set<SelectionKey> connections = new LinkedHashSet<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_AT_ONCE);

  private HealthServer(
      ServerSocketChannel server, Selector selector, HealthPages pages, Duration connectionTime) {
    this.server = server;
    this.selector = selector;
    this.pages = pages;
    this.connectionTime = connectionTime;
  }

  /**
   * Starts to answer.
   *
   * @param snapshots the source of what is known of the instance; asked for each response
   * @throws IOException if the address cannot be listened on, with a message for the user
   */
  public static HealthServer listen(HealthAddress address, Supplier<HealthSnapshot> snapshots)
      throws IOException {
    return listen(address, snapshots, CONNECTION_TIME);
  }

  /**
   * @param connectionTime the time after which a connection is closed, whatever it is doing
   */
  static HealthServer listen(
      HealthAddress address, Supplier<HealthSnapshot> snapshots, Duration connectionTime)
      throws IOException {
    ServerSocketChannel server = address.listen();
    try {
      server.configureBlocking(false);
      Selector selector = Selector.open();
      server.register(selector, SelectionKey.OP_ACCEPT);
      HealthServer started =
          new HealthServer(server, selector, new HealthPages(snapshots), connectionTime);
      Thread thread = new Thread(null, started::serve, "fastdeploy-health", 128 * 1024, false);
      thread.setDaemon(true);
      thread.start();
      return started;
    } catch (IOException failure) {
      server.close();
      throw failure;
    }
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(connections.isEmpty() ? 0 : connectionTime.toMillis() / 5);
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
          SelectionKey key = ready.next();
          ready.remove();
          goOn(key);
        }
        dropOverdue(System.nanoTime());
      }
    } catch (ClosedSelectorException ends) {
      // By close.
    } catch (Throwable failure) {
      Diagnostics.say("--health no longer answers: " + Diagnostics.reason(failure));
    } finally {
      connections.forEach(HealthServer::close);
      // Clients learn at once that nobody answers.
      close();
    }
  }

  private void goOn(SelectionKey key) {
    try {
      if (key.attachment() instanceof HealthConnection connection) {
        if (connection.goOn(buffer)) {
          drop(key);
        } else if (connection.isAnswering()) {
          key.interestOps(SelectionKey.OP_WRITE);
        }
      } else {
        accept();
      }
    } catch (Throwable failure) {
      // Only this client fails: for example, a class cannot be loaded without a free descriptor.
      drop(key);
    }
  }

  /** Accepts connections. While descriptors run out, the launcher goes on without answering. */
  private void accept() {
    try {
      SocketChannel channel = server.accept();
      if (channel == null) {
        return;
      }
      channel.configureBlocking(false);
      makeRoom();
      long deadline = System.nanoTime() + connectionTime.toNanos();
      connections.add(
          channel.register(
              selector, SelectionKey.OP_READ, new HealthConnection(channel, pages, deadline)));
    } catch (IOException failure) {
      LockSupport.parkNanos(RETRY.toNanos());
    }
  }

  private void makeRoom() {
    if (connections.size() >= MOST_CONNECTIONS) {
      drop(connections.iterator().next());
    }
  }

  private void dropOverdue(long now) {
    connections.removeIf(
        key -> {
          boolean overdue = ((HealthConnection) key.attachment()).isOverdue(now);
          if (overdue) {
            close(key);
          }
          return overdue;
        });
  }

  private void drop(SelectionKey key) {
    // The listener's own key is not among them, and stays.
    if (connections.remove(key)) {
      close(key);
    }
  }

  private static void close(SelectionKey key) {
    ((HealthConnection) key.attachment()).close();
  }

  /** Stops answering. Never fails: the launcher's exit code is the service's. */
  @Override
  public void close() {
    try {
      server.close();
      selector.close();
    } catch (IOException failure) {
      Diagnostics.say("--health: " + Diagnostics.reason(failure));
    }
  }
}
