package dev.fastdeploy.launcher.supervisor.channel;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.process.LauncherThreads;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens for agents on a Unix domain socket that only this user can connect to, and passes on what
 * they say, each channel in its order.
 */
public final class ChannelServer implements Closeable {

  /** The limit of sun_path is 108 bytes with the final zero (unix(7)). */
  private static final int LONGEST_PATH = 107;

  private static final String NAME = "launcher.sock";
  private static final String TEMPORARY = "fastdeploy-run";
  private static final Duration RETRY = Duration.ofMillis(100);

  /** In memory, which has room when disks have none. */
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final @Nullable ServerSocketChannel server;
  private final @Nullable Path path;
  private final Consumer<SupervisorEvent> events;
  private final LauncherThreads.Starter threads;

  private ChannelServer(
      @Nullable ServerSocketChannel server,
      @Nullable Path path,
      Consumer<SupervisorEvent> events,
      LauncherThreads.Starter threads) {
    this.server = server;
    this.path = path;
    this.events = events;
    this.threads = threads;
  }

  /**
   * Starts to listen. If no socket can be made at all, for example because every disk is full, no
   * agent is heard: the service runs without deploys.
   *
   * @param preferred the directory for the socket; if its path is too long or the socket cannot be
   *     made, a private temporary directory is used
   */
  public static ChannelServer listen(Path preferred, Consumer<SupervisorEvent> events) {
    return listen(
        preferred, List.of(Path.of(System.getProperty("java.io.tmpdir")), SHARED_MEMORY), events);
  }

  static ChannelServer listen(Path preferred, List<Path> others, Consumer<SupervisorEvent> events) {
    return listen(preferred, others, events, LauncherThreads::start);
  }

  static ChannelServer listen(
      Path preferred,
      List<Path> others,
      Consumer<SupervisorEvent> events,
      LauncherThreads.Starter threads) {
    String reason = "";
    if (Files.isWritable(preferred) && isShortEnough(preferred)) {
      try {
        return listening(preferred.resolve(NAME), events, threads);
      } catch (IOException failure) {
        reason = Diagnostics.reason(failure);
      }
    }
    for (Path other : others) {
      try {
        return listeningBelow(other, events, threads);
      } catch (IOException failure) {
        reason = Diagnostics.reason(failure);
      }
    }
    Diagnostics.say(
        "no socket for the agent can be made ("
            + reason
            + "); the service runs without a connection to it, and deploys are refused; make room and"
            + " start the container again");
    return new ChannelServer(null, null, events, threads);
  }

  private static boolean isShortEnough(Path directory) {
    return directory.resolve(NAME).toString().getBytes(StandardCharsets.UTF_8).length
        <= LONGEST_PATH;
  }

  private static ChannelServer listeningBelow(
      Path parent, Consumer<SupervisorEvent> events, LauncherThreads.Starter threads)
      throws IOException {
    Path directory = Files.createTempDirectory(parent, TEMPORARY);
    try {
      return listening(directory.resolve(NAME), events, threads);
    } catch (IOException failure) {
      Files.deleteIfExists(directory);
      throw failure;
    }
  }

  private static ChannelServer listening(
      Path path, Consumer<SupervisorEvent> events, LauncherThreads.Starter threads)
      throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException failure) {
      server.close();
      throw failure;
    }
    ChannelServer listening = new ChannelServer(server, path, events, threads);
    try {
      threads.start("channel", () -> listening.accept(server));
    } catch (OutOfMemoryError noThread) {
      listening.close();
      throw new IOException(LauncherThreads.remedy(noThread), noThread);
    }
    return listening;
  }

  /** Returns the socket for agents; empty if they cannot connect. */
  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  /**
   * Accepts connections, even after running out of descriptors for a while: otherwise no later
   * release could say hello.
   */
  private void accept(ServerSocketChannel server) {
    while (server.isOpen()) {
      try {
        startReader(server, new Channel(server.accept()));
      } catch (ClosedChannelException ends) {
        return;
      } catch (IOException failure) {
        Diagnostics.say("the agent cannot connect: " + Diagnostics.reason(failure));
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  /**
   * Tries until it succeeds: the agent is connected and waits for an answer, and would take the end
   * of the connection for the launcher's.
   */
  private void startReader(ServerSocketChannel server, Channel channel) {
    boolean said = false;
    while (server.isOpen()) {
      try {
        threads.start("channel-reader", () -> read(channel));
        return;
      } catch (OutOfMemoryError noThread) {
        if (!said) {
          said = true;
          Diagnostics.say("the agent is not heard yet: " + LauncherThreads.remedy(noThread));
        }
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  private void read(Channel channel) {
    try (channel) {
      for (Optional<ChannelMessage> message = channel.receive();
          message.isPresent();
          message = channel.receive()) {
        events.accept(new SupervisorEvent.Received(channel, message.get()));
      }
    } catch (IOException broken) {
      // The same as its end.
    } finally {
      events.accept(new SupervisorEvent.ChannelEnded(channel));
    }
  }

  /** Never fails: the launcher's exit code is the service's, whatever is left behind. */
  @Override
  public void close() {
    if (server == null || path == null) {
      return;
    }
    try {
      server.close();
      Files.deleteIfExists(path);
      Path directory = path.getParent();
      if (directory != null && directory.getFileName().toString().startsWith(TEMPORARY)) {
        DurableFiles.deleteTree(directory);
      }
    } catch (IOException failure) {
      Diagnostics.say("'" + path + "' remains: " + Diagnostics.reason(failure));
    }
  }
}
