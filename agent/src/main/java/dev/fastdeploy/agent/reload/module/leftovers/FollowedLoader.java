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
   * @param release where the files of its release lie
   */
  FollowedLoader(ClassLoader loader, Path release, String commit) {
    this.loader = new WeakReference<>(loader);
    this.release = release;
    this.commit = commit;
  }

  String commit() {
    return commit;
  }

  /** What belongs to it, unless it was collected. Whoever keeps that holds it. */
  Optional<OldGeneration> generation() {
    return Optional.ofNullable(loader.get()).map(each -> new OldGeneration(each, release));
  }

  /** What was found last to hold it, one line each. */
  List<String> heldBy() {
    return heldBy;
  }

  void heldBy(List<String> lines) {
    heldBy = List.copyOf(lines);
  }

  /** It has outlived one more collection. */
  void outlive() {
    outlived++;
    if (superseded) {
      outlivedSince++;
    }
  }

  /** Another generation is over since. */
  void supersede() {
    superseded = true;
  }

  /** It is still there, and another one was over since. */
  boolean pendingFromBefore() {
    return superseded && !collected();
  }

  /**
   * It leaked, or seems to: it has outlived a whole generation and a collection, or the JVM cannot
   * be asked for one.
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
