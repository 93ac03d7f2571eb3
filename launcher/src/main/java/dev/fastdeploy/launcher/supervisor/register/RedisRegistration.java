package dev.fastdeploy.launcher.supervisor.register;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.RedisSet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the address in a {@link RedisSet}, through deploys and restarts of the service. A failure
 * is reported in one line and retried: a service must not go down because a register is down.
 */
final class RedisRegistration implements Registration {

  /** The life of an entry after its instance was killed. */
  static final Duration EXPIRY = Duration.ofSeconds(90);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LEAVING = Duration.ofSeconds(1);

  /** The time for which an expired entry stays, so that a fleet can see that it expired. */
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final RedisSet set;
  private final OwnAddress own;
  private final Map<String, String> environment;
  private final Duration again;
  private final Supplier<SSLSocketFactory> tls;

  private volatile String zone = "";
  private @Nullable String entry;
  private boolean leaving;
  private boolean over;
  private boolean failing;

  RedisRegistration(RedisSet set, OwnAddress own, Map<String, String> environment) {
    this(
        set,
        own,
        environment,
        EXPIRY.dividedBy(3),
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  RedisRegistration(
      RedisSet set,
      OwnAddress own,
      Map<String, String> environment,
      Duration again,
      Supplier<SSLSocketFactory> tls) {
    this.set = set;
    this.own = own;
    this.environment = environment;
    this.again = again;
    this.tls = tls;
  }

  @Override
  public void start(String where, BiConsumer<String, Runnable> threads) {
    zone = where.replace('|', '_');
    try {
      threads.accept("register", this::keep);
    } catch (OutOfMemoryError noThread) {
      Diagnostics.say(
          "this instance is not registered: "
              + Diagnostics.reason(noThread)
              + "; raise the limit of processes");
      ended();
    }
  }

  private void keep() {
    try {
      while (!left()) {
        pause(register() ? again : again.dividedBy(6));
      }
      withdraw();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    } finally {
      ended();
    }
  }

  /** Puts this instance into the set; returns true if it is in it now. */
  private boolean register() {
    try (RedisConnection redis = connect()) {
      long now = now(redis);
      String current = own.shown(redis.local()) + (zone.isEmpty() ? "" : "|" + zone);
      String before = entry;
      // It may be in the set even if the answer is lost, so it is removed at the end.
      entry = current;
      redis.call("ZADD", set.key(), String.valueOf(now + EXPIRY.toMillis()), current);
      if (before != null && !before.equals(current)) {
        redis.call("ZREM", set.key(), before);
      }
      redis.call("ZREMRANGEBYSCORE", set.key(), "-inf", String.valueOf(now - FORGOTTEN.toMillis()));
      failing = false;
      return true;
    } catch (IOException | RuntimeException failure) {
      if (!failing) {
        failing = true;
        Diagnostics.say(
            "this instance is not registered at "
                + set.server()
                + ": "
                + Diagnostics.reason(failure)
                + "; it serves, and tries again");
      }
      return false;
    }
  }

  private static long now(RedisConnection redis) throws IOException {
    List<String> time = redis.call("TIME");
    if (time.size() != 2) {
      throw new IOException("TIME is answered by " + time.size() + " words");
    }
    return Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
  }

  private void withdraw() {
    if (entry == null) {
      return;
    }
    try (RedisConnection redis = connect()) {
      redis.call("ZREM", set.key(), entry);
    } catch (IOException | RuntimeException failure) {
      // It expires.
    }
  }

  private RedisConnection connect() throws IOException {
    return RedisConnection.open(set, RedisSet.password(environment), PATIENCE, tls);
  }

  /** Waits, with jitter because thousands of instances start at once. */
  private synchronized void pause(Duration duration) throws InterruptedException {
    long end =
        System.nanoTime()
            + (long) (duration.toNanos() * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
    for (long left = end - System.nanoTime();
        left > 0 && !leaving;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized boolean left() {
    return leaving;
  }

  private synchronized void ended() {
    over = true;
    notifyAll();
  }

  @Override
  public synchronized void leave() {
    leaving = true;
    notifyAll();
  }

  @Override
  public void close() {
    leave();
    long end = System.nanoTime() + LEAVING.toNanos();
    synchronized (this) {
      try {
        for (long left = end - System.nanoTime();
            left > 0 && !over;
            left = end - System.nanoTime()) {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        }
      } catch (InterruptedException nobodyDoes) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
