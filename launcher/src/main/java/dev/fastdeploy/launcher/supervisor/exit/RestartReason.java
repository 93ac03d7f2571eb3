package dev.fastdeploy.launcher.supervisor.exit;

import java.util.Locale;

/** The reason for a restart of the service. */
public enum RestartReason {
  /** It announced that, or ended with the code that was agreed on. */
  RELOAD,
  /** The release before did not come up. */
  ROLLBACK,
  /** It crashed, and {@code --restart} asks for that. */
  FAILURE;

  /** The name for metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
