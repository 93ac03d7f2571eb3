package dev.fastdeploy.contract;

/** The ways to get the agent into the service's JVM. */
public enum AgentVia {
  /** By an argument of the command, which is {@code java} itself. */
  ARGUMENT("argument"),
  /**
   * By {@code JAVA_TOOL_OPTIONS}, for a command that is a start script. Every JVM that the script
   * starts then has the agent; only the one that the launcher adopts is the service.
   */
  ENVIRONMENT("env");

  private final String word;

  AgentVia(String word) {
    this.word = word;
  }

  /**
   * Returns the configured way.
   *
   * @throws IllegalArgumentException if there is no such way, with a message for the user
   */
  public static AgentVia of(Settings settings) {
    String said = settings.required(Setting.AGENT_VIA);
    for (AgentVia way : values()) {
      if (way.word.equals(said)) {
        return way;
      }
    }
    throw new IllegalArgumentException(
        Setting.AGENT_VIA.option()
            + " '"
            + Text.shortened(said, 60)
            + "' is neither argument nor env");
  }
}
