package dev.fastdeploy.launcher.supervisor.listeners;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.supervisor.event.DueTime;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether and for how long the clients of a service wait while it is reloaded. Their time
 * counts from the last connection that the old process accepted. A client that would be reset in
 * the end is better refused at once, so it is estimated beforehand from what the last drain and the
 * last start took, and again when the drain is over.
 */
@SupervisorThread
public final class ConnectionHold {

  private final Duration longest;
  private final boolean isToldReady;
  private final HeldListeners listeners;
  private final DueTime over = new DueTime();
  private Duration lastDrain = Duration.ZERO;
  private Duration drainBefore = Duration.ZERO;
  private Duration lastStart = Duration.ZERO;
  private long announcedAt;
  private long lastAccept;
  private long startedAt;
  private boolean given;
  private boolean startKnown;

  /**
   * @param longest the longest wait of a client; zero if connections are not held
   * @param isToldReady whether the service tells when it is ready; else a start has taken its time
   *     once everything is adopted
   */
  public ConnectionHold(Duration longest, boolean isToldReady, HeldListeners listeners) {
    this.longest = longest;
    this.isToldReady = isToldReady;
    this.listeners = listeners;
  }

  /** Returns one for a service whose connections end with its process. */
  public static ConnectionHold off() {
    return new ConnectionHold(
        Duration.ZERO, false, new HeldListeners(Path.of("listen.sock"), event -> {}));
  }

  /** Returns the socket at which a service's agent finds the copies; empty if none are held. */
  public Optional<Path> socket() {
    return longest.isZero() ? Optional.empty() : Optional.of(listeners.socket());
  }

  /**
   * Decides, when a reload is announced, whether the service's listeners are taken.
   *
   * @return the time that its connections have to end; empty if nothing is held
   */
  public Optional<Duration> begins(long now) {
    announcedAt = now;
    lastAccept = now;
    given = false;
    // That the old process is or becomes ready tells nothing of the next.
    startKnown = true;
    if (longest.isZero()) {
      return Optional.empty();
    }
    if (isTooLong()) {
      refuse(tooLong("the last drains took " + expectedDrain().toMillis()));
      return Optional.empty();
    }
    try {
      listeners.open();
    } catch (IOException | RuntimeException | Error impossible) {
      refuse(Diagnostics.reason(impossible));
      return Optional.empty();
    }
    // The other half is for what the service's shutdown hooks take, and for a slower start.
    return Optional.of(longest.minus(lastStart).dividedBy(2));
  }

  /** Returns why nothing would be held at a reload, one line; empty if it would, or is not to. */
  public String notHoldingBecause() {
    if (longest.isZero()) {
      return "";
    }
    if (isTooLong()) {
      return tooLong("the last drains took " + expectedDrain().toMillis());
    }
    try {
      listeners.require();
      return "";
    } catch (IOException impossible) {
      return Diagnostics.reason(impossible);
    }
  }

  private static void refuse(String because) {
    Diagnostics.say("connections are refused during the reload: " + because);
  }

  /** One client that was slow says nothing of the next reload; a service that always is does. */
  private Duration expectedDrain() {
    return lastDrain.compareTo(drainBefore) < 0 ? lastDrain : drainBefore;
  }

  private boolean isTooLong() {
    return expectedDrain().plus(lastStart).compareTo(longest) >= 0;
  }

  private String tooLong(String drain) {
    return drain
        + " ms and the last start "
        + lastStart.toMillis()
        + " ms, more than --hold-connections "
        + longest.toMillis()
        + " ms";
  }

  /** Looks at what has been given and adopted meanwhile. */
  public void look(long now) {
    int count = listeners.count();
    if (!given && count > 0) {
      given = true;
      lastAccept = now;
      over.at(now + longest.toNanos());
    }
    if (given && over.isSet() && count > 0 && listeners.notAdopted().isEmpty()) {
      over.clear();
      if (!isToldReady) {
        lastStart = Duration.ofNanos(now - startedAt);
      }
    }
    if (over.takeIfDue(now)) {
      if (startedAt - lastAccept >= 0) {
        // At least that: the next reload is to refuse at once whoever would wait in vain.
        lastStart = longer(lastStart, Duration.ofNanos(now - startedAt));
      }
      int waiting = listeners.waiting();
      List<String> closed = listeners.closeNotAdopted();
      Diagnostics.say(
          waiting
              + " clients of "
              + String.join(", ", closed)
              + " have waited for up to "
              + longest.toMillis()
              + " ms (--hold-connections) and are reset; the next process has not begun to listen");
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Returns the nanoseconds until something is due; the largest number if nothing is. */
  public long left(long now) {
    return over.left(now);
  }

  /**
   * Records that a process of the service has ended. If it had adopted what is held it may have
   * accepted connections until now.
   *
   * @param announced whether it ended for a reload
   */
  public void ended(boolean announced, long now) {
    if (announced) {
      drainBefore = lastDrain;
      lastDrain = Duration.ofNanos(now - (given ? lastAccept : announcedAt));
    }
    if (!given || listeners.count() == 0) {
      return;
    }
    if (!announced && listeners.notAdopted().isEmpty()) {
      lastAccept = now;
    }
    Duration waited = Duration.ofNanos(now - lastAccept);
    if (waited.plus(lastStart).compareTo(longest) > 0) {
      close();
      refuse(tooLong("the drain took " + waited.toMillis()));
      return;
    }
    over.at(lastAccept + longest.toNanos());
  }

  /** Records that the next process of the service is started. */
  public void starts(long now) {
    listeners.startsAnother();
    startedAt = now;
    startKnown = false;
    if (given && listeners.count() > 0) {
      over.at(lastAccept + longest.toNanos());
    }
  }

  /** Returns true if copies are held. */
  public boolean holds() {
    return listeners.count() > 0;
  }

  /** Returns true if the process that was started last could not bind the port of a copy. */
  public boolean collides() {
    return listeners.collided();
  }

  /** Closes all copies: whoever waits is reset, and may go elsewhere. */
  public void close() {
    over.clear();
    listeners.close();
  }

  /** Records that the process that was started last is ready. */
  public void ready(long now) {
    if (startKnown) {
      return;
    }
    startKnown = true;
    if (!isToldReady) {
      return;
    }
    lastStart = Duration.ofNanos(now - startedAt);
    if (listeners.count() > 0) {
      over.clear();
      List<String> closed = listeners.closeNotAdopted();
      if (!closed.isEmpty()) {
        Diagnostics.say(
            "the service does not listen on "
                + String.join(", ", closed)
                + " any more; who waits there is reset");
      }
    }
  }

  /** Records that the running release has its proof, or needs none: nothing is held any more. */
  public void proven() {
    over.clear();
    given = false;
    listeners.letGo();
  }
}
