package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Readiness;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the launcher if the service is ready, which its probe decides. Thread-safe. */
final class ReadinessWatch implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration UNTIL_READY = Duration.ofMillis(100);
  private static final Duration ONCE_READY = Duration.ofSeconds(1);

  private final @Nullable Readiness probe;
  private final Duration readyAfter;
  private final Consumer<ChannelMessage> launcher;
  private final Runnable changed;

  private String withdrawnBecause = "";
  private String serviceDownBecause;
  private long generation;
  private long earliestInService;
  private @Nullable String told;
  private @Nullable Thread thread;

  /**
   * @param probe the way to ask the service; null if the launcher does the waiting
   * @param readyAfter time that the service must have run to count as in service
   * @param launcher receives each change
   * @param changed runs after each change between ready and not ready
   */
  ReadinessWatch(
      @Nullable Readiness probe,
      Duration readyAfter,
      Consumer<ChannelMessage> launcher,
      Runnable changed) {
    this.probe = probe;
    this.readyAfter = readyAfter;
    this.earliestInService = System.nanoTime() + readyAfter.toNanos();
    this.launcher = launcher;
    this.changed = changed;
    this.serviceDownBecause = probe == null ? "" : notAsked(probe);
  }

  private static String notAsked(Readiness probe) {
    return probe + " was not asked yet";
  }

  /** Starts to ask. Without a probe the service counts as ready. */
  synchronized void start() {
    awaitService();
    if (probe == null) {
      tell();
    } else {
      Readiness asked = probe;
      thread = AgentThreads.start("readiness", () -> ask(asked));
    }
  }

  /** Returns why the service is not ready now, or empty if it is. */
  synchronized Optional<String> unready() {
    String reason = unreadyBecause();
    return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
  }

  /**
   * Returns true if the service is ready and has run for its time. The launcher knows both itself.
   */
  synchronized boolean inService() {
    return unreadyBecause().isEmpty() && System.nanoTime() - earliestInService >= 0;
  }

  private void awaitService() {
    earliestInService = System.nanoTime() + readyAfter.toNanos();
    if (!readyAfter.isZero()) {
      AgentThreads.start("ready-after", this::tellAfterItsTime);
    }
  }

  private void tellAfterItsTime() {
    try {
      Thread.sleep(readyAfter.toMillis() + 1);
      changed.run();
    } catch (InterruptedException ended) {
      // The JVM exits.
    }
  }

  /** Makes the service count as not ready, whatever it answers, until {@link #returned}. */
  synchronized void withdraw(String because) {
    withdrawnBecause = because;
    tell();
  }

  /** Makes the service's answers count again. */
  synchronized void returned() {
    withdrawnBecause = "";
    tell();
  }

  /**
   * Notes that another release runs from now on. Earlier answers and reasons were the other one's.
   */
  synchronized void releaseChanged() {
    withdrawnBecause = "";
    awaitService();
    if (probe != null) {
      generation++;
      serviceDownBecause = notAsked(probe);
      notifyAll();
    }
    tell();
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
        askOnce(asked);
      }
    } catch (InterruptedException ended) {
      // The JVM exits.
    }
  }

  /**
   * Asks once. A failure here, such as a lack of memory, is not an answer, but the next attempt may
   * give one.
   */
  private void askOnce(Readiness asked) throws InterruptedException {
    try {
      long about = generation();
      Optional<String> why = asked.ask(TIMEOUT);
      if (answered(about, why)) {
        pause(about, why.isPresent() ? UNTIL_READY : ONCE_READY);
      }
    } catch (RuntimeException | Error failure) {
      askFailed(asked + " could not be asked: " + Diagnostics.reason(failure));
      Thread.sleep(ONCE_READY.toMillis());
    }
  }

  private void askFailed(String reason) {
    try {
      synchronized (this) {
        serviceDownBecause = reason;
        tell();
      }
    } catch (RuntimeException | Error another) {
      // Reported next time.
    }
  }

  private synchronized long generation() {
    return generation;
  }

  /** Records an answer, and returns false if it is not from the release that runs. */
  private synchronized boolean answered(long about, Optional<String> why) {
    if (about != generation) {
      return false;
    }
    serviceDownBecause = why.orElse("");
    tell();
    return true;
  }

  private synchronized void pause(long about, Duration duration) throws InterruptedException {
    long until = System.nanoTime() + duration.toNanos();
    long left = duration.toMillis();
    while (about == generation && left > 0) {
      wait(left);
      left = Duration.ofNanos(until - System.nanoTime()).toMillis();
    }
  }

  private synchronized void tell() {
    String reason = unreadyBecause();
    if (reason.equals(told)) {
      return;
    }
    boolean readinessChanged = told == null || told.isEmpty() || reason.isEmpty();
    launcher.accept(
        reason.isEmpty() ? new ChannelMessage.Ready() : new ChannelMessage.Unready(reason));
    // Not set before: if reporting failed, it would never be tried again.
    told = reason;
    if (readinessChanged) {
      changed.run();
    }
  }

  private String unreadyBecause() {
    return withdrawnBecause.isEmpty() ? serviceDownBecause : withdrawnBecause;
  }
}
