package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import java.time.Duration;

/** The way in which ECS finds out that a task is healthy. */
public sealed interface HealthCheck {

  /**
   * Returns when the task becomes healthy.
   *
   * @param start how long the application takes from RUNNING until it answers, in milliseconds
   * @return milliseconds from RUNNING
   */
  long healthyAfter(long start);

  /**
   * Refuses an application that is slower than the check has patience: ECS would kill it again and
   * again, and no deploy would come to an end.
   *
   * @throws IllegalArgumentException if such a start can happen
   */
  void mustBearWith(Distribution start);

  /** Returns whether the agent has to report it; otherwise the scheduler knows by itself. */
  boolean reported();

  /** In words. */
  String text();

  /**
   * A command that Docker runs in the container, for the first time one interval after the start,
   * then at each interval. The first success makes the task healthy.
   *
   * @param interval 5 to 300 s
   * @param timeout of one run, 2 to 60 s; it makes no difference to an application that refuses or
   *     answers at once
   * @param retries failures that make a task unhealthy, 1 to 10
   * @param startPeriod in which failures do not count, 0 to 300 s
   */
  record Container(Duration interval, Duration timeout, int retries, Duration startPeriod)
      implements HealthCheck {

    /**
     * @throws IllegalArgumentException if ECS would refuse a number
     */
    public Container {
      mustBeWithin("interval", interval.toSeconds(), 5, 300);
      mustBeWithin("timeout", timeout.toSeconds(), 2, 60);
      mustBeWithin("number of retries", retries, 1, 10);
      mustBeWithin("startPeriod", startPeriod.toSeconds(), 0, 300);
    }

    @Override
    public long healthyAfter(long start) {
      long step = interval.toMillis();
      return Math.max(1, (start + step - 1) / step) * step;
    }

    @Override
    public void mustBearWith(Distribution start) {
      Duration patience = startPeriod.plus(interval.multipliedBy(retries));
      if (start.longest() >= patience.toMillis()) {
        throw new IllegalArgumentException(
            "a health check every "
                + interval.toSeconds()
                + " s with "
                + retries
                + " retries and a startPeriod of "
                + startPeriod.toSeconds()
                + " s would kill an application that starts in "
                + start.text()
                + "; raise the startPeriod");
      }
    }

    @Override
    public boolean reported() {
      return true;
    }

    @Override
    public String text() {
      return "interval "
          + interval.toSeconds()
          + " s, timeout "
          + timeout.toSeconds()
          + " s, retries "
          + retries
          + ", startPeriod "
          + startPeriod.toSeconds()
          + " s";
    }

    private static void mustBeWithin(String what, long value, long least, long most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            "a health check's " + what + " of " + value + " is not from " + least + " to " + most);
      }
    }
  }

  /**
   * None: a task counts some time after it is RUNNING.
   *
   * @param delay after RUNNING
   */
  record None(Duration delay) implements HealthCheck {

    @Override
    public long healthyAfter(long start) {
      return Math.max(start, delay.toMillis());
    }

    @Override
    public void mustBearWith(Distribution start) {}

    @Override
    public boolean reported() {
      return false;
    }

    @Override
    public String text() {
      return "none: healthy " + delay.toSeconds() + " s after RUNNING";
    }
  }
}
