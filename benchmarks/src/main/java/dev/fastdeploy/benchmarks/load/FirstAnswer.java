package dev.fastdeploy.benchmarks.load;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks again and again, one request after the other, until a commit answers, and notes when that
 * was. Thread-safe.
 */
public final class FirstAnswer implements AnswerWatch, AutoCloseable {

  private static final long PAUSE_NANOS = 1_000_000;

  private final Requests requests;
  private final String commit;
  private final Thread asker = new Thread(this::run, "benchmark-asker");
  private volatile boolean ended;
  private @Nullable Seen seen;

  private FirstAnswer(Requests requests, String commit) {
    this.requests = requests;
    this.commit = commit;
  }

  /** Begins to ask. */
  public static FirstAnswer watch(Requests requests, String commit) {
    FirstAnswer watch = new FirstAnswer(requests, commit);
    watch.asker.setDaemon(true);
    watch.asker.start();
    return watch;
  }

  private void run() {
    while (!ended) {
      Reply reply = requests.ask();
      if (reply.from(commit)) {
        note(new Seen(System.nanoTime(), reply.pid()));
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private synchronized void note(Seen answer) {
    seen = answer;
    notifyAll();
  }

  @Override
  public synchronized @Nullable Seen await(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (seen == null) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return null;
      }
      wait(left);
    }
    return seen;
  }

  /** Asks no more. */
  @Override
  public void close() {
    ended = true;
  }
}
