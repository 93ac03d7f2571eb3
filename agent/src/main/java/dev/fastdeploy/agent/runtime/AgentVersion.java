package dev.fastdeploy.agent.runtime;

/** The version of this agent. */
final class AgentVersion {

  private AgentVersion() {}

  /** Returns the version from the jar's manifest. Classes outside a jar are under development. */
  static String get() {
    String version = AgentVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
