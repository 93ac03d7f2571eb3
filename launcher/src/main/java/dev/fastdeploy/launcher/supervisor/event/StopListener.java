package dev.fastdeploy.launcher.supervisor.event;

import dev.fastdeploy.launcher.supervisor.process.Signals;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens for a stop while there is no service to react to, and knows when that stop is overdue. To
 * be used while the supervisor does nothing else.
 */
@SupervisorThread
public final class StopListener {

  private final BlockingQueue<SupervisorEvent> events;
  private final StopRequest stop;
  private final Duration timeout;
  private final DueTime overdue = new DueTime();

  /**
   * @param timeout the time after which a stop is overdue
   */
  public StopListener(BlockingQueue<SupervisorEvent> events, StopRequest stop, Duration timeout) {
    this.events = events;
    this.stop = stop;
    this.timeout = timeout;
  }

  /** Gives a stop that was asked for before another timeout until it is overdue. */
  public void allowAnotherTimeout() {
    if (stop.requested()) {
      overdue.in(timeout);
    }
  }

  /** Lets a moment pass in which nothing but a stop counts. */
  public void pause(Duration moment) throws InterruptedException {
    hear(events.poll(moment.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Returns the next event; null after so many nanoseconds, or once a stop is overdue. */
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
