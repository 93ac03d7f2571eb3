package dev.fastdeploy.benchmarks.sample;

import java.util.Locale;

/** With how much of fastdeploy a service is run to see what it costs. */
public enum InstanceKind {
  /** The service's process by itself. */
  PLAIN,
  /** The same with the agent, and no launcher. */
  AGENT,
  /** Below the launcher, with the agent. */
  LAUNCHER;

  /** The name in parameters and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
