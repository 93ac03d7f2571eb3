package dev.fastdeploy.launcher.supervisor.exit;

import java.util.Locale;

/** The reason for a restart of the service. */
public enum RestartReason {
  /** It announced a reload, or ended with the agreed code. */
  RELOAD,
  /** The previous release did not come up. */
  ROLLBACK,
  /** It crashed, and {@code --restart} asks for that. */
  FAILURE;

  /** Returns the name for metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
