package dev.fastdeploy.benchmarks.simulation.event;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * The clock of a simulation and what is to happen. Time is in milliseconds from 0 and moves from
 * event to event; events of the same time happen in the order in which they were asked for. Not
 * thread-safe.
 */
public final class EventQueue {

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long asked;

  private record Event(long time, long order, Runnable action) implements Comparable<Event> {

    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** The time of the event that is happening, in milliseconds. */
  public long now() {
    return now;
  }

  /**
   * Lets something happen.
   *
   * @param time in milliseconds, not before now
   * @throws IllegalArgumentException if the time has passed
   */
  public void at(long time, Runnable action) {
    if (time < now) {
      throw new IllegalArgumentException("an event at " + time + " ms is asked for at " + now);
    }
    events.add(new Event(time, asked++, action));
  }

  /**
   * Lets everything happen, until nothing is left to do.
   *
   * @param horizon how much time may pass
   * @throws IllegalStateException if there is an event after the horizon
   */
  public void run(Duration horizon) {
    long last = horizon.toMillis();
    while (!events.isEmpty()) {
      Event event = events.remove();
      if (event.time() > last) {
        throw new IllegalStateException(
            "the simulation has not come to an end after " + horizon.toHours() + " hours");
      }
      now = event.time();
      event.action().run();
    }
  }
}
