package dev.fastdeploy.agent.reload.process.connections;

import dev.fastdeploy.agent.reload.process.ConnectionDrain;
import dev.fastdeploy.agent.reload.process.HoldOffer;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.descriptors.Descriptors;
import dev.fastdeploy.contract.descriptors.NamedCalls;
import dev.fastdeploy.contract.descriptors.TcpSockets;
import dev.fastdeploy.contract.listening.ListenerClient.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the service's connections so that no request is lost. Kept-alive ones are ended by their
 * next answer; then the listeners go to the launcher, the service accepts no more, and what is
 * under way ends. Thread-safe.
 */
public final class HeldConnections implements ConnectionDrain {

  /** The longest wait for the next request of a connection that is in use, to end it politely. */
  private static final Duration POLITE = Duration.ofSeconds(1);

  private static final long LOOK_MILLIS = 10;

  private final BiFunction<String, Object[], @Nullable Object> hooks;
  private final Supplier<PoliteEnd> politeEnd;
  private final Path channel;
  private @Nullable ServiceSockets sockets;
  private @Nullable String unusable;

  /**
   * @param hooks the record of the service's listeners, and the way to the native library
   * @param politeEnd makes the service's servers end each kept-alive connection with its next
   *     answer, as far as it knows them
   * @param channel the launcher's socket, beside which that library is put for a moment
   */
  public HeldConnections(
      BiFunction<String, Object[], @Nullable Object> hooks,
      Supplier<PoliteEnd> politeEnd,
      Path channel) {
    this.hooks = hooks;
    this.politeEnd = politeEnd;
    this.channel = channel;
  }

  /** Returns the addresses of the listeners that would be held now; empty if none can be. */
  public List<String> listeners() {
    ServiceSockets known = sockets();
    return known == null
        ? List.of()
        : known.listeners().stream().map(Given::name).sorted().distinct().toList();
  }

  /** Returns why there are no {@link #listeners}, one line; empty if there is no reason. */
  public synchronized Optional<String> unusableBecause() {
    return sockets() == null ? Optional.ofNullable(unusable) : Optional.empty();
  }

  private synchronized @Nullable ServiceSockets sockets() {
    if (sockets == null && unusable == null) {
      try {
        sockets = new ServiceSockets(Descriptors.loadBeside(channel, new NamedCalls(hooks)), hooks);
      } catch (IOException | RuntimeException | LinkageError impossible) {
        unusable = Diagnostics.reason(impossible);
      }
    }
    return sockets;
  }

  @Override
  public void drain(HoldOffer offer, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    try {
      ServiceSockets known = sockets();
      if (known == null) {
        Diagnostics.say("connections are refused during the reload: " + unusable);
        return;
      }
      List<Given> listeners = known.listeners();
      if (listeners.isEmpty()) {
        return;
      }
      Set<String> before = known.accepted(listeners).keySet();
      PoliteEnd polite = politeEnd.get();
      long since = System.nanoTime();
      awaitNextAnswers(known, listeners, before, end);
      int held = known.give(listeners, offer.socket());
      if (held < listeners.size()) {
        // Whoever waits in the queue of one that is not held would be reset by leaving it.
        Diagnostics.say("the launcher holds " + held + " of " + listeners.size() + " listeners");
        return;
      }
      known.leave(listeners);
      Duration left = Duration.ofNanos(end - System.nanoTime());
      Duration patience = offer.patience().compareTo(left) < 0 ? offer.patience() : left;
      endAccepted(known, listeners, patience, polite, since);
    } catch (IOException | RuntimeException | LinkageError failed) {
      Diagnostics.say("the service's connections were not ended: " + Diagnostics.reason(failed));
    }
  }

  /** Waits for those that were used within the last second: others may be idle for long. */
  private static void awaitNextAnswers(
      ServiceSockets known, List<Given> listeners, Set<String> before, long end) {
    long polite = System.nanoTime() + POLITE.toNanos();
    if (!before.isEmpty()) {
      await(() -> areIdle(known, listeners, before), polite - end < 0 ? polite : end);
    }
  }

  /** Returns true if all that are still open of some connections have been quiet for long. */
  private static boolean areIdle(
      ServiceSockets known, List<Given> listeners, Set<String> connections) {
    try {
      for (Map.Entry<String, TcpSockets.Connection> one : known.accepted(listeners).entrySet()) {
        if (connections.contains(one.getKey()) && !one.getValue().isIdle(POLITE.toMillis())) {
          return false;
        }
      }
      return true;
    } catch (IOException notShown) {
      return true;
    }
  }

  /**
   * Waits until nothing is under way on what was accepted. A connection counts as idle after a
   * second, for an answer may pause; when half of the time is over, after a tenth of that: a server
   * that is not known to end its connections has some that are used again and again. One that is
   * known tells by what it sends that it is in the middle of an answer, which may then pause for
   * longer.
   */
  private static void endAccepted(
      ServiceSockets known,
      List<Given> listeners,
      Duration patience,
      PoliteEnd polite,
      long politeSince) {
    long begun = System.nanoTime();
    Set<String> told = new HashSet<>();
    await(
        () -> {
          long now = System.nanoTime();
          long quiet =
              now - begun < patience.toNanos() / 2 ? POLITE.toMillis() : POLITE.toMillis() / 10;
          long since = (now - politeSince) / 1_000_000;
          try {
            return known.endIdle(
                listeners,
                one ->
                    one.isIdle(quiet)
                        && (one.asked() == 0 || !polite.isAnswering(since, one.sent())),
                told);
          } catch (IOException notShown) {
            return true;
          }
        },
        begun + patience.toNanos());
    try {
      // Whoever used one of the others while the service ends would lose his request.
      boolean unused = known.endIdle(listeners, one -> one.isIdle(POLITE.toMillis()), told);
    } catch (IOException notShown) {
      // They end with the process.
    }
  }

  private static void await(BooleanSupplier done, long end) {
    try {
      while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
