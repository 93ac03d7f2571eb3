package dev.fastdeploy.launcher.supervisor.event;

import dev.fastdeploy.launcher.supervisor.process.Signals;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hears of a stop while there is no service to react to, and of when that stop is overdue. To be
 * used while the supervisor does nothing else.
 */
@SupervisorThread
public final class StopListener {

  private final BlockingQueue<SupervisorEvent> events;
  private final StopRequest stop;
  private final Duration timeout;
  private final DueTime overdue = new DueTime();

  /**
   * @param timeout after which a stop that is heard of is overdue
   */
  public StopListener(BlockingQueue<SupervisorEvent> events, StopRequest stop, Duration timeout) {
    this.events = events;
    this.stop = stop;
    this.timeout = timeout;
  }

  /** A stop that was asked for before is overdue after another timeout. */
  public void allowAnotherTimeout() {
    if (stop.requested()) {
      overdue.in(timeout);
    }
  }

  /** Lets a moment pass in which nothing but a stop counts. */
  public void pause(Duration moment) throws InterruptedException {
    hear(events.poll(moment.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** The next event; nothing after so many nanoseconds, or if a stop has become overdue before. */
  public @Nullable SupervisorEvent next(long most) throws InterruptedException {
    long left = Math.min(most, overdue.left(System.nanoTime()));
    SupervisorEvent event = events.poll(Math.max(left, 0), TimeUnit.NANOSECONDS);
    hear(event);
    return event;
  }

  private void hear(@Nullable SupervisorEvent event) {
    if (event instanceof SupervisorEvent.SignalReceived signal
        && Signals.isStop(signal.name())
        && stop.request(signal.name())) {
      overdue.in(timeout);
    }
  }

  /** Returns true, once for each timeout, if a stop is overdue. */
  public boolean takeIfOverdue() {
    return overdue.takeIfDue(System.nanoTime());
  }
}
