package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A loader that is followed, held weakly. Not thread-safe. */
final class FollowedLoader {

  private final WeakReference<ClassLoader> loader;
  private final Path release;
  private final String commit;
  private final long sinceNanos = System.nanoTime();
  private int outlived;
  private boolean superseded;
  private int outlivedSince;
  private List<String> heldBy = List.of();

  /**
   * @param release location of its release's files
   */
  FollowedLoader(ClassLoader loader, Path release, String commit) {
    this.loader = new WeakReference<>(loader);
    this.release = release;
    this.commit = commit;
  }

  String commit() {
    return commit;
  }

  /** Returns its generation, or empty if it was collected. Keeping the result holds the loader. */
  Optional<OldGeneration> generation() {
    return Optional.ofNullable(loader.get()).map(each -> new OldGeneration(each, release));
  }

  /** Returns what last held it, as far as found, one line each. */
  List<String> heldBy() {
    return heldBy;
  }

  void heldBy(List<String> lines) {
    heldBy = List.copyOf(lines);
  }

  /** Notes that it has outlived one more collection. */
  void outlive() {
    outlived++;
    if (superseded) {
      outlivedSince++;
    }
  }

  /** Notes that another generation has ended since. */
  void supersede() {
    superseded = true;
  }

  /** Returns true if it is still there and another generation has ended since. */
  boolean pendingFromBefore() {
    return superseded && !collected();
  }

  /**
   * Returns true if it leaked, or seems to: it has outlived a whole generation and a collection, or
   * the JVM does not collect when asked.
   */
  boolean stays(LeakPolicy policy, boolean deaf) {
    return leaked(policy) || (pendingFromBefore() && (deaf || outlivedSince > 0));
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
