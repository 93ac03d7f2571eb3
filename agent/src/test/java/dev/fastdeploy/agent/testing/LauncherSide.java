package dev.fastdeploy.agent.testing;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The launcher's end of the channel: takes one agent and answers what it announces. */
public final class LauncherSide implements AutoCloseable {

  private final ServerSocketChannel server;
  private final List<ChannelMessage> received = new CopyOnWriteArrayList<>();
  private final Function<ChannelMessage, @Nullable ChannelMessage> answers;
  private volatile @Nullable Channel channel;
  private volatile boolean connected;
  private final Thread thread;

  private LauncherSide(
      ServerSocketChannel server, Function<ChannelMessage, @Nullable ChannelMessage> answers) {
    this.server = server;
    this.answers = answers;
    this.thread = new Thread(this::serve, "launcher-side");
    thread.setDaemon(true);
  }

  /** Listens; each message is answered with what the function gives, if it gives something. */
  public static LauncherSide listen(
      Path socket, Function<ChannelMessage, @Nullable ChannelMessage> answers) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    LauncherSide side = new LauncherSide(server, answers);
    side.thread.start();
    return side;
  }

  /** Acknowledges reloads. */
  public static @Nullable ChannelMessage acknowledging(ChannelMessage message) {
    return message instanceof ChannelMessage.Reload ? new ChannelMessage.Acknowledged("", 0) : null;
  }

  /** Whether the agent has come and not gone. */
  public boolean connected() {
    return connected;
  }

  /** What the agent said so far. */
  public List<ChannelMessage> received() {
    return received;
  }

  /** Whether the agent said that. */
  public boolean received(Class<? extends ChannelMessage> kind) {
    return received.stream().anyMatch(kind::isInstance);
  }

  public void send(ChannelMessage message) throws IOException {
    Channel connected = channel;
    if (connected == null) {
      throw new IllegalStateException("no agent is connected");
    }
    connected.send(message);
  }

  /** Ends as a launcher that was killed: from then on nobody listens. */
  public void die() throws IOException, InterruptedException {
    close();
    if (Thread.currentThread() == thread) {
      return;
    }
    // A thread that is accepting keeps the socket alive until it has noticed.
    thread.join(TimeUnit.SECONDS.toMillis(30));
    if (thread.isAlive()) {
      throw new AssertionError("the launcher's side does not end");
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Channel connected = channel;
    if (connected != null) {
      connected.close();
    }
  }

  private void serve() {
    try {
      Channel agent = new Channel(server.accept());
      channel = agent;
      connected = true;
      for (var message = agent.receive(); message.isPresent(); message = agent.receive()) {
        received.add(message.get());
        ChannelMessage answer = answers.apply(message.get());
        if (answer != null) {
          agent.send(answer);
        }
      }
    } catch (IOException ended) {
      // Closed by either side.
    } finally {
      connected = false;
    }
  }
}
