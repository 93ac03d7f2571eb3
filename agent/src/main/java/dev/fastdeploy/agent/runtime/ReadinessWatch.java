package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Readiness;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the launcher whether the service is ready: its probe answers and the control endpoint
 * listens, for a release that cannot be reached could never be replaced. Thread-safe.
 */
final class ReadinessWatch implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration UNTIL_READY = Duration.ofMillis(100);
  private static final Duration ONCE_READY = Duration.ofSeconds(1);

  private final @Nullable Readiness probe;
  private final Consumer<ChannelMessage> launcher;
  private final Runnable changed;

  private String endpointDownBecause = "the control endpoint is starting";
  private String serviceDownBecause;
  private @Nullable String told;
  private @Nullable Thread thread;

  /**
   * @param probe how to ask the service; without it the launcher does the waiting
   * @param launcher is told each change
   * @param changed runs after each change between ready and not ready
   */
  ReadinessWatch(@Nullable Readiness probe, Consumer<ChannelMessage> launcher, Runnable changed) {
    this.probe = probe;
    this.launcher = launcher;
    this.changed = changed;
    this.serviceDownBecause = probe == null ? "" : probe + " was not asked yet";
  }

  /** Begins to ask, if there is something to ask. */
  synchronized void start() {
    if (probe != null) {
      Readiness asked = probe;
      thread = AgentThreads.start("readiness", () -> ask(asked));
    }
  }

  /** The control endpoint listens. */
  void endpointListens() {
    synchronized (this) {
      endpointDownBecause = "";
    }
    tell();
  }

  /** The control endpoint does not listen. */
  void endpointFailed(String reason) {
    synchronized (this) {
      endpointDownBecause = "control endpoint: " + reason;
    }
    tell();
  }

  /** Whether the service is ready now. */
  synchronized boolean ready() {
    return unreadyBecause().isEmpty();
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void ask(Readiness asked) {
    try {
      while (true) {
        Optional<String> why = asked.ask(TIMEOUT);
        synchronized (this) {
          serviceDownBecause = why.orElse("");
        }
        tell();
        Thread.sleep((why.isPresent() ? UNTIL_READY : ONCE_READY).toMillis());
      }
    } catch (InterruptedException ended) {
      // The JVM exits.
    }
  }

  private synchronized void tell() {
    String reason = unreadyBecause();
    if (reason.equals(told)) {
      return;
    }
    boolean readinessChanged = told == null || told.isEmpty() || reason.isEmpty();
    told = reason;
    launcher.accept(
        reason.isEmpty() ? new ChannelMessage.Ready() : new ChannelMessage.Unready(reason));
    if (readinessChanged) {
      changed.run();
    }
  }

  private String unreadyBecause() {
    return endpointDownBecause.isEmpty() ? serviceDownBecause : endpointDownBecause;
  }
}
