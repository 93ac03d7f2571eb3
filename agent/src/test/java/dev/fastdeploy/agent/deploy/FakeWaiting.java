package dev.fastdeploy.agent.deploy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Time that passes only when somebody waits for it. */
final class FakeWaiting implements Waiting {

  private record Planned(long nanos, Runnable task) {}

  private final Deque<Planned> planned = new ArrayDeque<>();
  private long nanos;

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void pause(Duration duration) {
    nanos += duration.toNanos();
    while (!planned.isEmpty() && planned.peek().nanos() <= nanos) {
      planned.remove().task().run();
    }
  }

  /** Has something happen once so much time has passed; in order. */
  void after(Duration duration, Runnable task) {
    planned.add(new Planned(duration.toNanos(), task));
  }
}
