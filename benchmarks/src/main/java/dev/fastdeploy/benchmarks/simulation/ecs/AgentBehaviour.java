package dev.fastdeploy.benchmarks.simulation.ecs;

/** The time at which the agent of a container instance starts a task that was placed there. */
public enum AgentBehaviour {
  /** Waits until all tasks that were stopping there have stopped: agents before 1.73. */
  WAITS_FOR_ALL_STOPPING("waits for all stopping tasks"),
  /** Waits until there is room: agents from 1.73. */
  WAITS_FOR_ROOM("waits for room");

  private final String text;

  AgentBehaviour(String text) {
    this.text = text;
  }

  /** In words. */
  public String text() {
    return text;
  }
}
