package dev.fastdeploy.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks at fixed times, whether or not earlier requests have been answered. A request that is due
 * while {@link #MOST_IN_FLIGHT} are without an answer is not sent and counts as failed.
 * Thread-safe.
 */
public final class OpenLoop implements AutoCloseable {

  /** The bound of threads, connections and memory. */
  public static final int MOST_IN_FLIGHT = 128;

  private final Requests requests;
  private final long periodNanos;
  private final List<Shot> shots = new ArrayList<>();
  private final ThreadPoolExecutor clients =
      new ThreadPoolExecutor(
          0, MOST_IN_FLIGHT, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), OpenLoop::daemon);
  private final Thread clock = daemon(this::run);
  private volatile boolean ended;

  private OpenLoop(Requests requests, int perSecond) {
    this.requests = requests;
    this.periodNanos = 1_000_000_000L / perSecond;
  }

  /**
   * Begins to ask.
   *
   * @param perSecond requests a second, 1 to 10,000
   */
  public static OpenLoop start(Requests requests, int perSecond) {
    if (perSecond < 1 || perSecond > 10_000) {
      throw new IllegalArgumentException(
          "a load of '" + perSecond + "' requests a second must be 1 to 10000");
    }
    OpenLoop loop = new OpenLoop(requests, perSecond);
    loop.clock.start();
    return loop;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "benchmark-load");
    thread.setDaemon(true);
    return thread;
  }

  private void run() {
    long due = System.nanoTime();
    while (!ended) {
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      } else {
        send(due);
        due += periodNanos;
      }
    }
  }

  private void send(long due) {
    try {
      clients.execute(() -> record(due, requests.ask()));
    } catch (RejectedExecutionException full) {
      record(due, Reply.bad("not sent: " + MOST_IN_FLIGHT + " requests are without an answer"));
    }
  }

  private void record(long due, Reply reply) {
    Shot shot = new Shot(due, System.nanoTime(), reply);
    synchronized (shots) {
      shots.add(shot);
      shots.notifyAll();
    }
  }

  /** All requests whose fate is known, in the order in which it became known. */
  public List<Shot> shots() {
    synchronized (shots) {
      return List.copyOf(shots);
    }
  }

  /** Waits for answers of a commit among those of this load. */
  public AnswerWatch watch(String commit) {
    return nanos -> await(commit, nanos);
  }

  private @Nullable Seen await(String commit, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    int looked = 0;
    synchronized (shots) {
      while (true) {
        for (; looked < shots.size(); looked++) {
          Shot shot = shots.get(looked);
          if (shot.reply().from(commit)) {
            return new Seen(shot.endNanos(), shot.reply().pid());
          }
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return null;
        }
        shots.wait(left);
      }
    }
  }

  /** Asks no more, and waits until the fate of every request is known. */
  public List<Shot> stop() throws InterruptedException {
    ended = true;
    clock.join();
    clients.shutdown();
    // Connecting and reading time out one after the other.
    if (!clients.awaitTermination(3L * requests.timeoutMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("requests are without an answer past their time");
    }
    return shots();
  }

  /** Asks no more; what is in flight is dropped. */
  @Override
  public void close() {
    ended = true;
    clients.shutdownNow();
  }
}
