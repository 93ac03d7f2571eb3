package dev.fastdeploy.agent.reload.module.leftovers;

import dev.fastdeploy.agent.reload.OldLoaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Follows every old class loader: collected, pending, or leaked. A loader has leaked if it outlived
 * several collections that did unload classes, and a delay. If it is collected later after all, it
 * counts as collected. After a reload a few collections are requested. If the JVM ignores that,
 * only those that happen by themselves count, and loaders stay pending until then. Thread-safe.
 */
public final class LoaderWatch {

  private static final int MOST_LINES = 10;

  private final Leftovers leftovers;
  private final ThreadFactory threads;
  private final LeakPolicy policy;
  private final SecondCopies copies;
  private final Path startedFrom;
  private final String stub;
  private final Metaspace metaspace;
  private final List<FollowedLoader> followed = new ArrayList<>();
  private @Nullable Canary canary;
  private int collections;

  /** Set if a requested collection did not take place. */
  private boolean deaf;

  private @Nullable Thread asking;
  private @Nullable Thread searching;
  private @Nullable OldLoaders latest;
  private long latestNanos;

  /**
   * @param threads makes daemon threads: one that requests collections after a reload, and one that
   *     looks for what holds a leaked loader; one of each at a time
   * @param startedFrom the release that the JVM was started from, which is where classes of the
   *     application come from that the system loader defined
   * @param stub the class that replaces the application's main class in the system loader; it is
   *     not a second copy
   */
  public LoaderWatch(
      JdkInternals jdk, Leftovers leftovers, ThreadFactory threads, Path startedFrom, String stub) {
    this(jdk, leftovers, threads, startedFrom, stub, LeakPolicy.STANDARD);
  }

  LoaderWatch(
      JdkInternals jdk,
      Leftovers leftovers,
      ThreadFactory threads,
      Path startedFrom,
      String stub,
      LeakPolicy policy) {
    this.startedFrom = startedFrom;
    this.stub = stub;
    this.leftovers = leftovers;
    this.threads = threads;
    this.policy = policy;
    this.copies = new SecondCopies(jdk);
    this.metaspace = new Metaspace(jdk);
  }

  /**
   * Follows the loader of a generation that has been cleared. Holds it weakly.
   *
   * @param release location of its files
   * @param commit its name in reports
   */
  public synchronized void follow(ClassLoader loader, Path release, String commit) {
    followed.forEach(FollowedLoader::supersede);
    followed.add(new FollowedLoader(loader, release, commit));
    canary = new Canary();
    latest = null;
    if (asking != null) {
      asking.interrupt();
    }
    asking = threads.newThread(this::askForCollections);
    asking.start();
  }

  /**
   * Returns the number of followed loaders that stay in memory: those that leaked, and those that
   * stay pending from deploy to deploy. Cheap.
   */
  public synchronized int staying() {
    observe();
    return (int) followed.stream().filter(each -> each.stays(policy, deaf)).count();
  }

  /**
   * Returns the state of the followed loaders, at most two seconds old. What holds them is found
   * out in the background and reported by a later call, because that may run the application's
   * code. Takes milliseconds, and initialises parts of {@code java.lang.management}: must not be
   * called in a JVM that was not prepared for reloads in place.
   */
  public synchronized OldLoaders facts() {
    observe();
    long now = System.nanoTime();
    if (latest == null || now - latestNanos > policy.fresh().toNanos()) {
      latest = look();
      latestNanos = now;
    }
    return latest;
  }

  private OldLoaders look() {
    int collected = 0;
    List<FollowedLoader> leaked = new ArrayList<>();
    for (FollowedLoader each : followed) {
      if (each.collected()) {
        collected++;
      } else if (each.leaked(policy)) {
        leaked.add(each);
      }
    }
    searchFor(leaked);
    return new OldLoaders(
        collected,
        followed.size() - collected - leaked.size(),
        leaked.size(),
        leaked.stream().flatMap(each -> each.heldBy().stream()).toList(),
        copies.names(startedFrom, stub),
        metaspace.bytes());
  }

  private void searchFor(List<FollowedLoader> leaked) {
    if (!leaked.isEmpty() && (searching == null || !searching.isAlive())) {
      searching = threads.newThread(() -> leaked.forEach(this::search));
      searching.start();
    }
  }

  private void search(FollowedLoader each) {
    List<String> lines =
        each.generation().map(old -> holders(old, each.commit())).orElse(List.of());
    synchronized (this) {
      each.heldBy(lines);
    }
  }

  private List<String> holders(OldGeneration old, String commit) {
    List<String> found = leftovers.remaining(old);
    if (found.isEmpty()) {
      return List.of(commit + ": nothing that a cheap look finds");
    }
    List<String> lines = new ArrayList<>();
    found.stream().limit(MOST_LINES).forEach(line -> lines.add(commit + ": " + line));
    if (found.size() > MOST_LINES) {
      lines.add(commit + ": and " + (found.size() - MOST_LINES) + " more");
    }
    return lines;
  }

  /**
   * Counts a collection that unloaded classes since the last look, if any, and returns the number
   * so far.
   */
  private synchronized int observe() {
    if (canary != null && canary.gone()) {
      canary = new Canary();
      deaf = false;
      followed.forEach(FollowedLoader::outlive);
      collections++;
    }
    return collections;
  }

  private synchronized boolean somePendingFromBefore() {
    return followed.stream().anyMatch(FollowedLoader::pendingFromBefore);
  }

  private synchronized boolean allCollected() {
    return followed.stream().allMatch(FollowedLoader::collected);
  }

  /** Ends early if all are collected, the JVM ignores requests, or a later reload starts over. */
  private void askForCollections() {
    Deadline since = Deadline.in(policy.requests().get(policy.requests().size() - 1));
    try {
      if (somePendingFromBefore() && !collectionTakesPlace()) {
        return;
      }
      for (Duration at : policy.requests()) {
        Duration left = since.left().minus(since.duration().minus(at));
        Thread.sleep(Math.max(0, left.toMillis()));
        if (allCollected() || !collectionTakesPlace()) {
          return;
        }
      }
    } catch (InterruptedException later) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean collectionTakesPlace() throws InterruptedException {
    int before = observe();
    System.gc();
    boolean taken = Deadline.in(policy.patience()).await(() -> observe() > before);
    synchronized (this) {
      deaf = !taken;
    }
    return taken;
  }
}
