package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.agent.reload.OldLoaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done about what a generation leaves behind in the JVM. */
public interface Cleaning {

  /** Remembers the state of the JVM, before any code of the application runs. */
  void captureState();

  /**
   * Clears what a generation left and puts the state of the JVM back. Never throws.
   *
   * @param loader its class loader
   * @param release its directory
   * @param limit how long it may take
   * @return what could not be cleared, one line each
   */
  List<String> clear(ClassLoader loader, Path release, Duration limit);

  /**
   * Follows the class loader of a generation that was cleared. Holds it weakly.
   *
   * @param name names it in what is said about it
   */
  void follow(ClassLoader loader, String name);

  /** What became of the loaders that are followed. */
  OldLoaders facts();

  /** The name of a native library that a loader, or one below it, has loaded. */
  Optional<String> nativeLibrary(ClassLoader loader);
}
