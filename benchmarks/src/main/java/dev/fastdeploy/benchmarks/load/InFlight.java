package dev.fastdeploy.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests without an answer, all on one thread and one selector (epoll on Linux), so that
 * thousands of them cost no thread each. Each has a connection of its own, or takes the kept one
 * that was idle for longest. Used by one thread, but for {@link #wakeUp} and {@link #opened}.
 */
final class InFlight implements AutoCloseable {

  /** A selector waits in whole milliseconds; what is due sooner is waited for in such naps. */
  private static final long NAP_NANOS = 100_000;

  private static final long MILLI = 1_000_000;

  /** What a kept connection without a request is marked with. */
  private static final Object IDLE = new Object();

  private final Requests requests;
  private final InetSocketAddress service;
  private final byte[] request;
  private final Consumer<Shot> ended;
  private final Selector selector;
  private final Connections connections;
  private final AtomicLong opened = new AtomicLong();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

  /** In the order of their last progress, so that the first is the next to run out of time. */
  private final Set<Asking> waiting = new LinkedHashSet<>();

  /** The kept connections without a request, the one that was idle for longest first. */
  private final Set<SelectionKey> idle = new LinkedHashSet<>();

  private InFlight(
      Requests requests, Connections connections, Selector selector, Consumer<Shot> ended) {
    this.requests = requests;
    this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), requests.port());
    this.request = requests.bytes(connections.keeps());
    this.connections = connections;
    this.selector = selector;
    this.ended = ended;
  }

  /**
   * @param ended gets each request whose fate is known
   */
  static InFlight open(Requests requests, Connections connections, Consumer<Shot> ended) {
    try {
      return new InFlight(requests, connections, Selector.open(), ended);
    } catch (IOException noDescriptor) {
      throw new IllegalStateException("a load needs a selector: " + noDescriptor, noDescriptor);
    }
  }

  /** One request. */
  private static final class Asking {

    private final long dueNanos;
    private final SocketChannel channel;
    private final ByteBuffer toSend;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(256);
    private long progressNanos;

    private Asking(long dueNanos, SocketChannel channel, byte[] request) {
      this.dueNanos = dueNanos;
      this.channel = channel;
      this.toSend = ByteBuffer.wrap(request);
    }
  }

  /** Returns the number of requests without an answer. */
  int count() {
    return waiting.size();
  }

  /** Returns the number of connections that were asked for. */
  long opened() {
    return opened.get();
  }

  /**
   * Sends a request.
   *
   * @throws IOException if this process has no descriptor left: that is no fault of the service
   */
  void ask(long dueNanos) throws IOException {
    SelectionKey line = takeIdle();
    if (line == null) {
      askOnNewConnection(dueNanos);
    } else {
      Asking asking = new Asking(dueNanos, (SocketChannel) line.channel(), request);
      moved(asking);
      line.attach(asking);
      line.interestOps(SelectionKey.OP_WRITE);
      goOn(line);
    }
  }

  /** Returns null while fewer connections are open than are kept, and if all of them are busy. */
  private @Nullable SelectionKey takeIdle() {
    if (waiting.size() + idle.size() < connections.kept()) {
      return null;
    }
    while (!idle.isEmpty()) {
      SelectionKey longest = idle.iterator().next();
      idle.remove(longest);
      if (!ended(longest)) {
        return longest;
      }
      closeIdle(longest);
    }
    return null;
  }

  /** Returns whether the service has ended an idle connection, as a client looks before a use. */
  private boolean ended(SelectionKey line) {
    try {
      return ((SocketChannel) line.channel()).read(buffer.clear()) != 0;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void closeIdle(SelectionKey line) {
    try {
      line.channel().close();
    } catch (IOException closedAlready) {
      // Nothing of it is needed any more.
    }
  }

  private void askOnNewConnection(long dueNanos) throws IOException {
    Asking asking = new Asking(dueNanos, SocketChannel.open(), request);
    opened.incrementAndGet();
    moved(asking);
    try {
      asking.channel.configureBlocking(false);
      asking.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (connections.forgotten()) {
        asking.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      boolean connected = asking.channel.connect(service);
      asking.channel.register(
          selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, asking);
    } catch (IOException refused) {
      failed(asking, refused);
    }
  }

  /** Goes on with whatever can, until a time has passed or something has happened. */
  void progress(long nanos) throws IOException {
    long wait = Math.min(nanos, untilTimeout());
    int ready =
        wait >= 2 * MILLI
            ? selector.select(this::goOn, Math.min(wait / MILLI - 1, 1_000))
            : selector.selectNow(this::goOn);
    if (ready == 0 && wait < 2 * MILLI && wait > 0) {
      LockSupport.parkNanos(Math.min(wait, NAP_NANOS));
    }
    giveUpLate();
  }

  /** Lets {@link #progress} return. */
  void wakeUp() {
    selector.wakeup();
  }

  private void goOn(SelectionKey key) {
    if (key.attachment() == IDLE) {
      if (ended(key)) {
        idle.remove(key);
        closeIdle(key);
      }
      return;
    }
    Asking asking = (Asking) key.attachment();
    try {
      if (key.isConnectable()) {
        asking.channel.finishConnect();
        key.interestOps(SelectionKey.OP_WRITE);
      } else if ((key.interestOps() & SelectionKey.OP_WRITE) != 0) {
        asking.channel.write(asking.toSend);
        if (!asking.toSend.hasRemaining()) {
          key.interestOps(SelectionKey.OP_READ);
        }
      } else {
        read(key, asking);
        return;
      }
      moved(asking);
    } catch (IOException failure) {
      failed(asking, failure);
    }
  }

  private void read(SelectionKey key, Asking asking) throws IOException {
    int got = asking.channel.read(buffer.clear());
    if (got < 0) {
      end(asking, Requests.judged(asking.received.toString(StandardCharsets.ISO_8859_1)));
      return;
    }
    byte[] bytes = new byte[got];
    buffer.flip().get(bytes);
    asking.received.writeBytes(bytes);
    moved(asking);
    if (connections.keeps()) {
      keepIfComplete(key, asking);
    }
  }

  private void keepIfComplete(SelectionKey key, Asking asking) {
    String response = asking.received.toString(StandardCharsets.ISO_8859_1);
    if (!Requests.complete(response)) {
      return;
    }
    waiting.remove(asking);
    if (Requests.closes(response) || waiting.size() + idle.size() >= connections.kept()) {
      close(asking);
    } else {
      key.attach(IDLE);
      idle.add(key);
    }
    ended.accept(new Shot(asking.dueNanos, System.nanoTime(), Requests.judged(response)));
  }

  private void moved(Asking asking) {
    asking.progressNanos = System.nanoTime();
    waiting.remove(asking);
    waiting.add(asking);
  }

  private void failed(Asking asking, IOException failure) {
    end(asking, Reply.failed(failure));
  }

  private void end(Asking asking, Reply reply) {
    waiting.remove(asking);
    close(asking);
    ended.accept(new Shot(asking.dueNanos, System.nanoTime(), reply));
  }

  private static void close(Asking asking) {
    try {
      asking.channel.close();
    } catch (IOException closedAlready) {
      // Nothing of it is needed any more.
    }
  }

  private long untilTimeout() {
    Iterator<Asking> next = waiting.iterator();
    return next.hasNext()
        ? next.next().progressNanos + timeoutNanos() - System.nanoTime()
        : Long.MAX_VALUE;
  }

  private void giveUpLate() {
    Iterator<Asking> next = waiting.iterator();
    while (next.hasNext()) {
      Asking oldest = next.next();
      if (oldest.progressNanos + timeoutNanos() - System.nanoTime() > 0) {
        return;
      }
      end(oldest, Reply.bad(Loss.TIMED_OUT, "no progress in " + requests.timeoutMillis() + " ms"));
      next = waiting.iterator();
    }
  }

  private long timeoutNanos() {
    return TimeUnit.MILLISECONDS.toNanos(requests.timeoutMillis());
  }

  @Override
  public void close() throws IOException {
    waiting.forEach(InFlight::close);
    idle.forEach(InFlight::closeIdle);
    selector.close();
  }
}
