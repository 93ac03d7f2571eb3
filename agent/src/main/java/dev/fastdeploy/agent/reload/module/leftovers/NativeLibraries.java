package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.List;

/** Finds the native libraries that an application loaded. */
public final class NativeLibraries {

  public NativeLibraries(JdkInternals jdk) {}

  /**
   * The libraries that a loader and those below it loaded, by file name. No other loader can load
   * them until these are collected.
   *
   * @throws InaccessibleException if this JDK does not tell
   */
  public List<String> of(ClassLoader loader) throws InaccessibleException {
    return List.of();
  }
}
