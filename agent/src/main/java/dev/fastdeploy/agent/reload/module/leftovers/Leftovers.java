package dev.fastdeploy.agent.reload.module.leftovers;

import java.time.Duration;
import java.util.List;

/** Clears what an old generation left in the JVM. */
public final class Leftovers {

  public Leftovers(JdkInternals jdk) {}

  /**
   * Takes every step. Never throws.
   *
   * @param deadline how long all of it may take
   * @return what could not be cleared, one line each
   */
  public List<String> clear(OldGeneration old, Duration deadline) {
    return List.of();
  }

  /** What the steps would find to clear now, one line each. Changes nothing and never throws. */
  public List<String> remaining(OldGeneration old) {
    return List.of();
  }
}
