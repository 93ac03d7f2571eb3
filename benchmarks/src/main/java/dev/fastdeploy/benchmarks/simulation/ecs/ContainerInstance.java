package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.EventQueue;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A machine of the cluster with its agent. The scheduler takes the place of a task that is stopping
 * for free; the agent knows better, and lets a task wait that was placed too early. Not
 * thread-safe.
 */
final class ContainerInstance {

  private final EventQueue events;
  private final AgentBehaviour agent;
  private final int number;
  private final int places;
  private final Queue<Runnable> waitingForRoom = new ArrayDeque<>();
  private int free;
  private int occupied;
  private long lastStop;
  private long imageAt = -1;

  ContainerInstance(EventQueue events, AgentBehaviour agent, int number, int places) {
    this.events = events;
    this.agent = agent;
    this.number = number;
    this.places = places;
    free = places;
  }

  int number() {
    return number;
  }

  /** Returns how many tasks may be placed here, as the scheduler sees it. */
  int free() {
    return free;
  }

  /** A task of the old revision has been running here since before the deploy. */
  void holds() {
    free--;
    occupied++;
  }

  /** The scheduler places a task here; the agent starts it when it may. */
  void place(Runnable start) {
    free--;
    if (agent == AgentBehaviour.WAITS_FOR_ALL_STOPPING) {
      events.at(Math.max(events.now(), lastStop), () -> begin(start));
    } else if (occupied < places) {
      begin(start);
    } else {
      waitingForRoom.add(start);
    }
  }

  /** A task here is told to stop, and will have stopped at that time. */
  void stops(long stopped) {
    free++;
    lastStop = Math.max(lastStop, stopped);
    events.at(stopped, this::stopped);
  }

  /** Returns when the image is there if it is requested now. The first request pulls it. */
  long imageAt(long pull) {
    if (imageAt < 0) {
      imageAt = events.now() + pull;
    }
    return Math.max(events.now(), imageAt);
  }

  private void stopped() {
    occupied--;
    Runnable next = waitingForRoom.poll();
    if (next != null) {
      begin(next);
    }
  }

  private void begin(Runnable start) {
    occupied++;
    if (occupied > places) {
      throw new IllegalStateException(
          "container instance " + number + " runs " + occupied + " tasks in " + places + " places");
    }
    start.run();
  }
}
