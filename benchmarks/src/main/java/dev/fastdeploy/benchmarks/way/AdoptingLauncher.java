package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/**
 * The launcher's end of the channel and nothing else: it adopts the agent that says hello, and
 * listens until that ends. So the agent does all that it does below a real launcher. Thread-safe.
 */
final class AdoptingLauncher implements AutoCloseable {

  private final ServerSocketChannel server;
  private final Path socket;
  private volatile boolean adopted;

  private AdoptingLauncher(ServerSocketChannel server, Path socket) {
    this.server = server;
    this.socket = socket;
  }

  /** Begins to listen. */
  static AdoptingLauncher listen(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    AdoptingLauncher launcher = new AdoptingLauncher(server, socket);
    Thread thread = new Thread(launcher::serve, "adopting-launcher");
    thread.setDaemon(true);
    thread.start();
    return launcher;
  }

  /** Returns the socket that the agent connects to. */
  Path socket() {
    return socket;
  }

  /** Returns whether an agent has said hello. */
  boolean adopted() {
    return adopted;
  }

  private void serve() {
    try (Channel channel = new Channel(server.accept())) {
      while (channel.receive().isPresent()) {
        if (!adopted) {
          channel.send(new ChannelMessage.Adopted());
          adopted = true;
        }
      }
    } catch (IOException ended) {
      // The service has ended, or the listening has.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException gone) {
      // Then nothing is left to be closed.
    }
  }
}
