package dev.fastdeploy.agent.runtime;

/** The version of fastdeploy that this agent is of. */
final class AgentVersion {

  private AgentVersion() {}

  /** From the jar's manifest; classes that lie in no jar are under development. */
  static String get() {
    String version = AgentVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
