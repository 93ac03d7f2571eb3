package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.process.HoldOffer;
import dev.fastdeploy.agent.reload.process.ReloadAnnouncement;
import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Diagnostics;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connection to the launcher. One reload is announced at a time; otherwise thread-safe. */
final class LauncherLink implements LauncherPort, ReloadAnnouncement, Closeable {

  private static final String GONE = "the launcher has gone; the service ends";

  /** An outcome without the last lines is better than a late one. */
  private static final Duration LINES_TIMEOUT = Duration.ofMillis(500);

  private static final long REST_MILLIS = 100;
  private static final int TRIES = 3;

  private final Channel channel;
  private final Duration answerTimeout;
  private volatile boolean closed;
  private volatile @Nullable CompletableFuture<ChannelMessage> answer;
  private volatile @Nullable CompletableFuture<List<String>> lastLines;

  private LauncherLink(Channel channel, Duration answerTimeout) {
    this.channel = channel;
    this.answerTimeout = answerTimeout;
  }

  /** Opens a channel to the launcher. */
  interface Connector {

    /**
     * Opens it.
     *
     * @throws ConnectException if the launcher created a socket and was killed
     * @throws IOException if it cannot be reached for another reason
     */
    Channel connect() throws IOException;
  }

  /**
   * Connects and introduces this process.
   *
   * @param answerTimeout longest time for the launcher to answer an announcement
   * @throws ConnectException if the launcher created a socket and was killed
   * @throws IOException if no launcher listens there
   */
  static LauncherLink connect(Path socket, String version, Duration answerTimeout)
      throws IOException {
    return connect(() -> Channel.connect(socket), version, answerTimeout);
  }

  static LauncherLink connect(Connector connector, String version, Duration answerTimeout)
      throws IOException {
    for (int tries = 1; ; tries++) {
      LauncherLink link = new LauncherLink(connector.connect(), answerTimeout);
      try {
        link.channel.send(new ChannelMessage.Hello(ProcessHandle.current().pid(), version));
        return link;
      } catch (IOException broken) {
        link.close();
        // If the launcher was killed in between, the next connection is refused.
        if (tries == TRIES) {
          throw broken;
        }
      }
    }
  }

  /**
   * Waits until the launcher accepts this process as the service. It may never do so: this may be a
   * program run by the service's start script or by the service itself.
   *
   * @return true if it did; false if either side ended first
   */
  boolean awaitAdoption() {
    try {
      for (Optional<ChannelMessage> message = channel.receive();
          message.isPresent();
          message = channel.receive()) {
        if (message.get() instanceof ChannelMessage.Adopted) {
          return true;
        }
      }
    } catch (IOException ended) {
      // The same as its end.
    }
    return false;
  }

  /** Starts to receive, on a thread of its own. */
  void receive(LauncherEvents events) {
    AgentThreads.start("channel", () -> receiveAll(events));
  }

  /** Sends a message to the launcher. If it has gone, the receiving thread notices. */
  void tell(ChannelMessage message) {
    try {
      channel.send(message);
    } catch (IOException gone) {
      // The end of the channel is handled in one place, where it is read.
    }
  }

  @Override
  public Optional<String> absentBecause() {
    return closed ? Optional.of(GONE) : Optional.empty();
  }

  @Override
  public Optional<HoldOffer> announce(DeployId id, Commit commit) throws ReloadDeclinedException {
    CompletableFuture<ChannelMessage> expected = new CompletableFuture<>();
    answer = expected;
    try {
      if (closed) {
        throw new ReloadDeclinedException(GONE);
      }
      channel.send(new ChannelMessage.Reload(id.id(), commit.id()));
      ChannelMessage answered = expected.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
      if (answered instanceof ChannelMessage.Declined declined) {
        throw new ReloadDeclinedException("the launcher declined: " + declined.reason());
      }
      return offer(answered);
    } catch (TimeoutException silent) {
      throw new ReloadDeclinedException(
          "the launcher did not answer within " + answerTimeout.toMillis() + " ms");
    } catch (IOException | ExecutionException gone) {
      throw new ReloadDeclinedException(GONE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ReloadDeclinedException("the wait for the launcher's answer was interrupted");
    } finally {
      answer = null;
    }
  }

  private static Optional<HoldOffer> offer(ChannelMessage answered) {
    return answered instanceof ChannelMessage.Acknowledged acknowledged
            && !acknowledged.listeners().isEmpty()
        ? Optional.of(
            new HoldOffer(
                Path.of(acknowledged.listeners()),
                Duration.ofMillis(acknowledged.patienceMillis())))
        : Optional.empty();
  }

  @Override
  public void runs(Commit commit, boolean onProbation) {
    tell(new ChannelMessage.Runs(commit.id(), onProbation));
  }

  @Override
  public Supplier<List<String>> lastLines() {
    CompletableFuture<List<String>> expected = new CompletableFuture<>();
    lastLines = expected;
    tell(new ChannelMessage.AskLastLines());
    return () -> {
      try {
        return expected.get(LINES_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return List.of();
      } catch (ExecutionException | TimeoutException without) {
        return List.of();
      }
    };
  }

  /** Ends the connection and the receiving thread. */
  @Override
  public void close() throws IOException {
    closed = true;
    channel.close();
  }

  private void receiveAll(LauncherEvents events) {
    String ended = "the launcher has gone";
    try {
      for (Optional<ChannelMessage> message = next(); message.isPresent(); message = next()) {
        handle(message.get(), events);
      }
    } catch (IOException broken) {
      ended = "the channel to the launcher broke (" + Diagnostics.reason(broken) + ")";
    }
    boolean byThisSide = closed;
    closed = true;
    CompletableFuture<ChannelMessage> waiting = answer;
    if (waiting != null) {
      waiting.completeExceptionally(new IOException(ended));
    }
    if (!byThisSide) {
      try {
        Diagnostics.say(ended + "; the service ends");
      } finally {
        events.gone();
      }
    }
  }

  /**
   * Receives the next message. A failure in the agent must not keep it from noticing that its
   * launcher has gone.
   */
  private Optional<ChannelMessage> next() throws IOException {
    while (true) {
      try {
        return channel.receive();
      } catch (RuntimeException | Error failure) {
        sayFailed(failure);
        rest();
      }
    }
  }

  /** No lambda: a JVM that has run out of memory cannot link one. */
  private void handle(ChannelMessage message, LauncherEvents events) {
    try {
      received(message, events);
    } catch (RuntimeException | Error failure) {
      sayFailed(failure);
    }
  }

  private static void sayFailed(Throwable failure) {
    try {
      Diagnostics.say("a message of the launcher: " + Diagnostics.reason(failure));
    } catch (RuntimeException | Error another) {
      // There may be no memory for a line.
    }
  }

  /** Waits a little: memory does not come back at once. */
  private static void rest() {
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private void received(ChannelMessage message, LauncherEvents events) {
    if (message instanceof ChannelMessage.Stopping) {
      events.stopping();
    } else if (message instanceof ChannelMessage.StateChanged) {
      events.stateChanged();
    } else if (message instanceof ChannelMessage.NotHolding not) {
      events.notHolding(not.because());
    } else if (message instanceof ChannelMessage.AskClasses) {
      events.askedForClasses();
    } else if (message instanceof ChannelMessage.LastLines last) {
      CompletableFuture<List<String>> waiting = lastLines;
      if (waiting != null) {
        waiting.complete(last.lines());
      }
    } else if (message instanceof ChannelMessage.Acknowledged
        || message instanceof ChannelMessage.Declined) {
      CompletableFuture<ChannelMessage> waiting = answer;
      if (waiting != null) {
        waiting.complete(message);
      }
    }
  }
}
