package dev.fastdeploy.launcher.supervisor.exit;

import java.util.Locale;

/** Why the service was started again. */
public enum RestartReason {
  /** It announced that, or ended with the code that was agreed on. */
  RELOAD,
  /** What ran before did not come up. */
  ROLLBACK,
  /** It crashed, and {@code --restart} asks for that. */
  FAILURE;

  /** The name for metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
