package dev.fastdeploy.demo.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Asks each instance at a fixed rate, whether or not earlier requests have been answered: a client
 * that waits for its answers sends nothing while the service is gone, and so hides its losses.
 * Every fourth request takes 200 ms to answer, so that one is nearly always in flight. Thread-safe.
 */
public final class Traffic implements AutoCloseable {

  /** The path asked for to see at once who answers. */
  public static final String QUICK = "/version";

  static final String SLOW = "/slow?ms=200";

  private static final int SLOW_EVERY = 4;

  /** For how long a client waits for a connection, and then for its answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final int TIMEOUT_MILLIS = (int) TIMEOUT.toMillis();

  private final List<Integer> ports;
  private final long periodMillis;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "demo-clock"));
  private final ExecutorService clients =
      Executors.newCachedThreadPool(task -> new Thread(task, "demo-client"));
  private final List<RequestResult> results = new ArrayList<>();
  private int round;

  /**
   * @param ports the ports of the instances
   * @param perSecond requests per second to each
   */
  public Traffic(List<Integer> ports, int perSecond) {
    this.ports = List.copyOf(ports);
    this.periodMillis = Math.max(1, 1_000 / perSecond);
  }

  /** Starts to ask. */
  public void start() {
    var unused = clock.scheduleAtFixedRate(this::ask, 0, periodMillis, TimeUnit.MILLISECONDS);
  }

  private void ask() {
    String path = round++ % SLOW_EVERY == 0 ? SLOW : QUICK;
    for (int i = 0; i < ports.size(); i++) {
      int instance = i;
      clients.execute(
          () -> record(Exchange.perform(instance, ports.get(instance), path, TIMEOUT_MILLIS)));
    }
  }

  private void record(RequestResult result) {
    synchronized (results) {
      results.add(result);
      results.notifyAll();
    }
  }

  /** Returns all requests whose fate is known, in the order in which it became known. */
  public List<RequestResult> results() {
    synchronized (results) {
      return List.copyOf(results);
    }
  }

  /**
   * Waits for a request with a certain result.
   *
   * @return empty if none came in time
   */
  public Optional<RequestResult> await(Predicate<RequestResult> wanted, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    int looked = 0;
    synchronized (results) {
      while (true) {
        for (; looked < results.size(); looked++) {
          if (wanted.test(results.get(looked))) {
            return Optional.of(results.get(looked));
          }
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return Optional.empty();
        }
        results.wait(left);
      }
    }
  }

  /** Stops asking, and waits until the fate of every request is known. */
  public void stop() throws InterruptedException {
    clock.shutdown();
    if (!clock.awaitTermination(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the traffic cannot be stopped");
    }
    clients.shutdown();
    // Connecting and reading time out one after the other.
    if (!clients.awaitTermination(3L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("requests are without an answer past their time");
    }
  }

  /** Stops asking; requests in flight are dropped. */
  @Override
  public void close() {
    clock.shutdownNow();
    clients.shutdownNow();
  }
}
