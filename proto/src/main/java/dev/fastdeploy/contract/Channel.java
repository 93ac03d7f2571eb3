package dev.fastdeploy.contract;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One end of the connection between launcher and agent. One thread receives; any thread may send.
 *
 * <p>A thread that is blocked in {@link #receive} costs the JVM 300 ms at its exit unless the
 * channel is closed first.
 */
public final class Channel implements Closeable {

  /** The longest line that can be one of our messages. The rest of a longer one is skipped. */
  private static final int LONGEST_LINE = 64 * 1024;

  private final SocketChannel socket;
  private final ByteBuffer received = ByteBuffer.allocate(4096).flip();

  /** Creates an end over a connected socket. */
  public Channel(SocketChannel socket) {
    this.socket = socket;
  }

  /** Connects to the launcher's socket. */
  public static Channel connect(Path path) throws IOException {
    return new Channel(SocketChannel.open(UnixDomainSocketAddress.of(path)));
  }

  /**
   * Sends a message.
   *
   * @throws IOException if the other side has gone
   */
  public void send(ChannelMessage message) throws IOException {
    ByteBuffer line = ByteBuffer.wrap((message.line() + "\n").getBytes(StandardCharsets.UTF_8));
    synchronized (socket) {
      while (line.hasRemaining()) {
        socket.write(line);
      }
    }
  }

  /**
   * Waits for the next message that is understood.
   *
   * @return the message; empty at the end of the channel
   */
  public Optional<ChannelMessage> receive() throws IOException {
    for (String line = readLine(); line != null; line = readLine()) {
      Optional<ChannelMessage> message = ChannelMessage.parse(line);
      if (message.isPresent()) {
        return message;
      }
    }
    return Optional.empty();
  }

  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    while (true) {
      while (received.hasRemaining()) {
        byte next = received.get();
        if (next == '\n') {
          return line.toString(StandardCharsets.UTF_8);
        }
        if (line.size() < LONGEST_LINE) {
          line.write(next);
        }
      }
      received.clear();
      int count = socket.read(received);
      received.flip();
      if (count < 0) {
        return null;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
