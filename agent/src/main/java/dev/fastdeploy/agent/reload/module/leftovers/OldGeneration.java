package dev.fastdeploy.agent.reload.module.leftovers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A generation of the application that has ended, and what belongs to it. Holds its class loader,
 * so it must be dropped before that can be collected. Immutable.
 */
public final class OldGeneration {

  private final ClassLoader loader;
  private final Path release;
  private final @Nullable Thread spared;

  /**
   * @param loader the loader that defined the application's classes; loaders below it belong to the
   *     generation
   * @param release location of its files, as in URLs
   */
  public OldGeneration(ClassLoader loader, Path release) {
    this(loader, release, null);
  }

  private OldGeneration(ClassLoader loader, Path release, @Nullable Thread spared) {
    this.loader = loader;
    this.release = release;
    this.spared = spared;
  }

  /** Returns the same generation, with a thread that does not count as its own. */
  OldGeneration sparing(Thread thread) {
    return new OldGeneration(loader, release, thread);
  }

  boolean spares(Thread thread) {
    return thread == spared;
  }

  /** Returns the location of its files. */
  public Path release() {
    return release;
  }

  /** Returns true if a loader is the generation's own or one below it. */
  public boolean ownsLoader(@Nullable ClassLoader candidate) {
    for (ClassLoader each = candidate; each != null; each = each.getParent()) {
      if (each == loader) {
        return true;
      }
    }
    return false;
  }

  /** Returns true if the generation defined a class, or the element of an array class. */
  public boolean ownsClass(@Nullable Class<?> candidate) {
    return candidate != null && ownsLoader(candidate.getClassLoader());
  }

  /**
   * Returns true if an object is an instance of its classes, one of its classes, or one of its
   * loaders.
   */
  public boolean owns(@Nullable Object candidate) {
    if (candidate instanceof Class<?> type) {
      return ownsClass(type);
    }
    if (candidate instanceof ClassLoader other && ownsLoader(other)) {
      return true;
    }
    return candidate != null && ownsClass(candidate.getClass());
  }
}
