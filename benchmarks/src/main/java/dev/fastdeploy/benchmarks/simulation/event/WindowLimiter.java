package dev.fastdeploy.benchmarks.simulation.event;

/** Allows so many in each window of the clock. */
final class WindowLimiter implements Limiter {

  private final int most;
  private final long window;
  private long time;
  private int used;

  WindowLimiter(int most, long window) {
    this.most = most;
    this.window = window;
  }

  @Override
  public long take(long now, int tokens) {
    if (tokens > most) {
      throw new IllegalArgumentException(tokens + " at once, where a window allows " + most);
    }
    if (now / window > time / window) {
      used = 0;
    }
    time = Math.max(now, time);
    if (used + tokens > most) {
      time = (time / window + 1) * window;
      used = 0;
    }
    used += tokens;
    return time;
  }
}
