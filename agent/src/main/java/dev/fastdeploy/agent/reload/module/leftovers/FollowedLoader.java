package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.WeakReference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A loader that is followed, held weakly. Not thread-safe. */
final class FollowedLoader {

  private final WeakReference<ClassLoader> loader;
  private final String commit;
  private final long sinceNanos = System.nanoTime();
  private int outlived;

  FollowedLoader(ClassLoader loader, String commit) {
    this.loader = new WeakReference<>(loader);
    this.commit = commit;
  }

  String commit() {
    return commit;
  }

  /** The loader, unless it was collected. Whoever keeps it holds it. */
  @Nullable ClassLoader loader() {
    return loader.get();
  }

  /** It has outlived one more collection. */
  void outlive() {
    outlived++;
  }

  boolean collected() {
    return loader.get() == null;
  }

  boolean leaked(LeakPolicy policy) {
    return !collected()
        && outlived >= policy.collections()
        && Duration.ofNanos(System.nanoTime() - sinceNanos).compareTo(policy.delay()) >= 0;
  }
}
