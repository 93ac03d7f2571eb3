package dev.fastdeploy.launcher.supervisor.channel;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.launcher.supervisor.process.LauncherThreads;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to an agent, in order, without ever waiting for it: an agent that does not read
 * fills the socket's buffer, and the supervisor, which may be the container's first process, would
 * hang. A thread writes for as long as there is something to write. Thread-safe.
 */
public final class Outbox {

  /** More than a launcher has to say to an agent that reads. */
  static final int MOST_WAITING = 32;

  private final Channel channel;
  private final Consumer<Runnable> threads;
  private final Deque<ChannelMessage> waiting = new ArrayDeque<>();
  private boolean writing;

  public Outbox(Channel channel) {
    this(channel, task -> LauncherThreads.start("outbox", task));
  }

  /**
   * @param threads runs a task on a thread of its own
   */
  Outbox(Channel channel, Consumer<Runnable> threads) {
    this.channel = channel;
    this.threads = threads;
  }

  /**
   * Sends a message. Never blocks.
   *
   * @return false if the agent reads so little that the message is not worth keeping
   */
  public synchronized boolean tell(ChannelMessage message) {
    if (message instanceof ChannelMessage.LastLines) {
      // Long, and useless to an agent that has asked again since.
      waiting.removeIf(ChannelMessage.LastLines.class::isInstance);
    }
    if (waiting.size() >= MOST_WAITING) {
      return false;
    }
    waiting.add(message);
    if (!writing) {
      beginToWrite();
    }
    return true;
  }

  /** A service that has taken all threads of the container must not take its launcher with it. */
  private void beginToWrite() {
    try {
      threads.accept(this::write);
      writing = true;
    } catch (OutOfMemoryError noThread) {
      // The waiting messages go out with the next one.
    }
  }

  private void write() {
    boolean allWritten = false;
    try {
      for (ChannelMessage message = next(); message != null; message = next()) {
        channel.send(message);
      }
      allWritten = true;
    } catch (IOException gone) {
      // Its end has an event of its own.
    } finally {
      // Even without memory for a message: otherwise nothing would ever be written again.
      if (!allWritten) {
        forget();
      }
    }
  }

  private synchronized @Nullable ChannelMessage next() {
    ChannelMessage next = waiting.poll();
    writing = next != null;
    return next;
  }

  private synchronized void forget() {
    waiting.clear();
    writing = false;
  }
}
