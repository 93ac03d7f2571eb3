package dev.fastdeploy.benchmarks.slow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The clients of one kind during one deploy. {@link #stop} waits for all of them. */
public final class Course {

  private static final long STOP_MILLIS = 60_000;

  private final Site site;
  private final List<Fate> fates = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  private Course(Site site) {
    this.site = site;
  }

  /**
   * Starts them.
   *
   * @param drainNanos when the drain is to begin, by {@link System#nanoTime}
   */
  public static Course start(SlowClient client, Site site, long drainNanos) {
    Course course = new Course(site);
    for (int number = 0; number < client.count(); number++) {
      long use = drainNanos + TimeUnit.MILLISECONDS.toNanos(client.useMillis(number));
      Thread thread =
          new Thread(() -> course.run(client, drainNanos, use), "slow-client-" + number);
      thread.setDaemon(true);
      course.threads.add(thread);
      thread.start();
    }
    return course;
  }

  private void run(SlowClient client, long drainNanos, long useNanos) {
    try {
      awaitTime(drainNanos - TimeUnit.MILLISECONDS.toNanos(client.leadMillis()));
      client.course().run(this, useNanos);
    } catch (IOException failure) {
      long now = System.nanoTime();
      add(new Fate(Ending.of(failure), now, now, failure.toString()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a client does. */
  interface Client {

    /** Runs from the client's beginning to its end. */
    void run(Course course, long useNanos) throws IOException, InterruptedException;
  }

  /** A request, or the wait for the end of a connection. */
  interface Request {

    /** Returns how it ended, where no exception tells. */
    Ending run() throws IOException, InterruptedException;
  }

  Site site() {
    return site;
  }

  boolean isOver() {
    return over;
  }

  static void awaitTime(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
  }

  /** Takes note of what becomes of a request, and returns that. */
  Ending noted(Request request) throws InterruptedException {
    long begin = System.nanoTime();
    Ending ending;
    String trouble = "";
    try {
      ending = request.run();
    } catch (IOException failure) {
      ending = Ending.of(failure);
      trouble = failure.toString();
    }
    add(new Fate(ending, begin, System.nanoTime(), trouble));
    return ending;
  }

  private synchronized void add(Fate fate) {
    fates.add(fate);
  }

  /** Ends those that go on for ever, waits for all, and returns what became of them. */
  public List<Fate> stop() throws IOException, InterruptedException {
    over = true;
    for (Thread thread : threads) {
      thread.join(STOP_MILLIS);
      if (thread.isAlive()) {
        throw new IOException("a client does not end");
      }
    }
    synchronized (this) {
      return List.copyOf(fates);
    }
  }
}
