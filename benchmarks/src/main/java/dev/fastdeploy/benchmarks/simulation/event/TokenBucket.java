package dev.fastdeploy.benchmarks.simulation.event;

/** Counts in thousandths of a token, so that milliseconds lose none. */
final class TokenBucket implements Limiter {

  private static final long TOKEN = 1000;

  private final long capacity;
  private final long perMilli;
  private long level;
  private long time;

  TokenBucket(int burst, int perSecond) {
    capacity = burst * TOKEN;
    perMilli = perSecond;
    level = capacity;
  }

  @Override
  public long take(long now, int tokens) {
    fillUntil(Math.max(now, time));
    long missing = tokens * TOKEN - level;
    if (missing > 0) {
      long wait = (missing + perMilli - 1) / perMilli;
      time += wait;
      level += wait * perMilli;
    }
    level -= tokens * TOKEN;
    return time;
  }

  private void fillUntil(long later) {
    level = Math.min(capacity, level + (later - time) * perMilli);
    time = later;
  }
}
