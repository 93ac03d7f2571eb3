package dev.fastdeploy.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks at fixed times, whether or not earlier requests have been answered, each time on a
 * connection of its own or in turn on kept ones. A kept connection that the service ends while it
 * is idle is opened again when it is needed, which loses nothing; a request that was sent on one
 * and gets no answer is lost, and is not repeated. Up to {@link #MOST_IN_FLIGHT} wait for their
 * answers at once; a request that is due beyond them is sent as soon as one has ended, and its
 * latency counts from when it was due, so that a generator or service that lags hides nothing.
 * Thread-safe.
 */
public final class OpenLoop implements AutoCloseable {

  /** The bound of connections and memory. */
  public static final int MOST_IN_FLIGHT = 10_000;

  private static final int LOOK_MILLIS = 20;

  private final InFlight inFlight;
  private final int most;
  private final long begunNanos = System.nanoTime();
  private final long periodNanos;
  private final List<Shot> shots = new ArrayList<>();
  private final SynRetransmissions retransmissions = SynRetransmissions.fromNow();
  private final Thread thread;
  private final int timeoutMillis;
  private volatile long endNanos;
  private volatile boolean ending;
  private volatile boolean dropped;
  private volatile @Nullable Throwable failure;

  private OpenLoop(Requests requests, int perSecond, int most, Connections connections) {
    this.most = most;
    this.timeoutMillis = requests.timeoutMillis();
    this.periodNanos = 1_000_000_000L / perSecond;
    this.inFlight = InFlight.open(requests, connections, this::record);
    this.thread = new Thread(this::run, "benchmark-load");
    thread.setDaemon(true);
  }

  /**
   * Begins to ask, with a connection of its own for each request.
   *
   * @param perSecond requests a second, 1 to 10,000
   */
  public static OpenLoop start(Requests requests, int perSecond) {
    return start(requests, perSecond, Connections.ONE_EACH);
  }

  /**
   * Begins to ask. When all kept connections are busy more are opened, and not kept.
   *
   * @param perSecond requests a second, 1 to 10,000
   */
  public static OpenLoop start(Requests requests, int perSecond, Connections connections) {
    return start(requests, perSecond, MOST_IN_FLIGHT, connections);
  }

  static OpenLoop start(Requests requests, int perSecond, int most, Connections connections) {
    if (perSecond < 1 || perSecond > 10_000) {
      throw new IllegalArgumentException(
          "a load of '" + perSecond + "' requests a second must be 1 to 10000");
    }
    OpenLoop loop = new OpenLoop(requests, perSecond, most, connections);
    loop.thread.start();
    return loop;
  }

  private void run() {
    long asked = 0;
    try (inFlight) {
      while (!dropped) {
        long due = begunNanos + asked * periodNanos;
        long now = System.nanoTime();
        boolean more = !ending || due - endNanos < 0;
        boolean room = inFlight.count() < most;
        if (more && room && due - now <= 0) {
          inFlight.ask(due);
          asked++;
        } else if (more && room) {
          inFlight.progress(due - now);
        } else if (inFlight.count() > 0) {
          inFlight.progress(Long.MAX_VALUE);
        } else {
          return;
        }
      }
    } catch (IOException | RuntimeException | Error broken) {
      failure = broken;
    }
  }

  private void record(Shot shot) {
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

  /** All requests whose fate is known and that were due from a moment on. */
  public List<Shot> shotsFrom(long dueNanos) {
    return shots().stream().filter(shot -> shot.dueNanos() - dueNanos >= 0).toList();
  }

  /**
   * Waits until the fate of each request that was due before a moment is known.
   *
   * @return those of them that were due from another moment on
   * @throws IllegalStateException if the load could not be generated
   */
  public List<Shot> fates(long fromNanos, long toNanos) throws InterruptedException {
    long due = Math.floorDiv(toNanos - begunNanos - 1, periodNanos) + 1;
    long deadline = System.nanoTime() + patienceNanos();
    while (true) {
      List<Shot> before = shots().stream().filter(shot -> shot.dueNanos() - toNanos < 0).toList();
      if (before.size() >= due) {
        return before.stream().filter(shot -> shot.dueNanos() - fromNanos >= 0).toList();
      }
      requireUnbroken();
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("requests are without an answer past their time");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** Returns the number of connections that were asked for. */
  public long connections() {
    return inFlight.opened();
  }

  /**
   * Returns how often this machine has sent a connection's first packet again since the load began,
   * because a listener's queue was full; each costs its client a second or more.
   */
  public long synRetransmissions() {
    return retransmissions.count();
  }

  /** Waits for answers of a commit among those of this load that come from now on. */
  public AnswerWatch watch(String commit) {
    synchronized (shots) {
      return new Watch(commit, shots.size());
    }
  }

  private final class Watch implements AnswerWatch {

    private final String commit;
    private int looked;

    Watch(String commit, int looked) {
      this.commit = commit;
      this.looked = looked;
    }

    @Override
    public @Nullable Seen await(long nanos) throws InterruptedException {
      long deadline = System.nanoTime() + nanos;
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
  }

  /**
   * Asks for no more than what is due by now, and waits until the fate of every request is known.
   *
   * @throws IllegalStateException if the load could not be generated
   */
  public List<Shot> stop() throws InterruptedException {
    endNanos = System.nanoTime();
    ending = true;
    thread.join(TimeUnit.NANOSECONDS.toMillis(patienceNanos()));
    requireUnbroken();
    if (thread.isAlive()) {
      throw new IllegalStateException("requests are without an answer past their time");
    }
    return shots();
  }

  /** Connecting and reading time out one after the other; what waits for its turn, again. */
  private long patienceNanos() {
    return TimeUnit.MILLISECONDS.toNanos(10L * timeoutMillis) + TimeUnit.SECONDS.toNanos(10);
  }

  private void requireUnbroken() {
    Throwable broken = failure;
    if (broken != null) {
      throw new IllegalStateException("the load could not be generated: " + broken, broken);
    }
  }

  /** Asks no more; what is in flight is dropped. */
  @Override
  public void close() {
    dropped = true;
    inFlight.wakeUp();
  }
}
