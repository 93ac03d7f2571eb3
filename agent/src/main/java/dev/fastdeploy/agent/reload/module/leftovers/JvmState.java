package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.List;

/** What an application may set for the whole JVM, as it was at one moment. */
public final class JvmState {

  private JvmState() {}

  /** The state as it is now: call it before a generation of the application starts. */
  public static JvmState capture(JdkInternals jdk) {
    return new JvmState();
  }

  /**
   * Puts the state back. Call it once the generation has been cleared.
   *
   * @return what could not be put back, one line each
   */
  public List<String> restore(OldGeneration old) {
    return List.of();
  }
}
