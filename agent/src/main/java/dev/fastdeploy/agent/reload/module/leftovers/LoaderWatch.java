package dev.fastdeploy.agent.reload.module.leftovers;

import dev.fastdeploy.agent.reload.OldLoaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Follows every old class loader: collected, pending, or leaked. A loader leaked if it outlived
 * several collections that did unload classes, and a delay; should it be collected later all the
 * same, it counts as collected. After a reload a few collections are asked for. Where the JVM
 * ignores that, only those count that take place by themselves, and loaders stay pending until
 * then. Thread-safe.
 */
public final class LoaderWatch {

  private static final int MOST_LINES = 10;

  private final Leftovers leftovers;
  private final ThreadFactory threads;
  private final LeakPolicy policy;
  private final SecondCopies copies;
  private final Metaspace metaspace;
  private final List<FollowedLoader> followed = new ArrayList<>();
  private @Nullable Canary canary;
  private int collections;
  private @Nullable Thread asking;
  private @Nullable OldLoaders latest;
  private long latestNanos;

  /**
   * @param threads makes the daemon thread that asks for collections after a reload; one at a time
   */
  public LoaderWatch(JdkInternals jdk, Leftovers leftovers, ThreadFactory threads) {
    this(jdk, leftovers, threads, LeakPolicy.STANDARD);
  }

  LoaderWatch(JdkInternals jdk, Leftovers leftovers, ThreadFactory threads, LeakPolicy policy) {
    this.leftovers = leftovers;
    this.threads = threads;
    this.policy = policy;
    this.copies = new SecondCopies(jdk);
    this.metaspace = new Metaspace(jdk);
  }

  /**
   * Follows the loader of a generation that has been cleared. Holds it weakly.
   *
   * @param commit names it in what is said about it
   */
  public synchronized void follow(ClassLoader loader, String commit) {
    followed.add(new FollowedLoader(loader, commit));
    canary = new Canary();
    latest = null;
    if (asking != null) {
      asking.interrupt();
    }
    asking = threads.newThread(this::askForCollections);
    asking.start();
  }

  /**
   * What became of the loaders that are followed; at most two seconds old. Takes milliseconds, and
   * initialises parts of {@code java.lang.management}: not to be called in a JVM that was not
   * prepared for reloads in place.
   *
   * @param releases the directory that releases lie in: classes of the application come from there
   * @param stub the class that stands in for the application's main class in the system loader; it
   *     is no second copy
   */
  public synchronized OldLoaders facts(Path releases, String stub) {
    observe();
    long now = System.nanoTime();
    if (latest == null || now - latestNanos > policy.fresh().toNanos()) {
      latest = look(releases, stub);
      latestNanos = now;
    }
    return latest;
  }

  private OldLoaders look(Path releases, String stub) {
    int collected = 0;
    int leaked = 0;
    List<String> heldBy = new ArrayList<>();
    for (FollowedLoader each : followed) {
      if (each.collected()) {
        collected++;
      } else if (each.leaked(policy)) {
        leaked++;
        heldBy.addAll(holders(each, releases));
      }
    }
    return new OldLoaders(
        collected,
        followed.size() - collected - leaked,
        leaked,
        heldBy,
        copies.names(releases, stub),
        metaspace.bytes());
  }

  private List<String> holders(FollowedLoader each, Path releases) {
    ClassLoader loader = each.loader();
    if (loader == null) {
      return List.of();
    }
    List<String> found =
        leftovers.remaining(new OldGeneration(loader, releases.resolve(each.commit())));
    if (found.isEmpty()) {
      return List.of(each.commit() + ": nothing that a cheap look finds");
    }
    List<String> lines = new ArrayList<>();
    found.stream().limit(MOST_LINES).forEach(line -> lines.add(each.commit() + ": " + line));
    if (found.size() > MOST_LINES) {
      lines.add(each.commit() + ": and " + (found.size() - MOST_LINES) + " more");
    }
    return lines;
  }

  /** Counts a collection that unloaded classes, if one was since the last look; how many so far. */
  private synchronized int observe() {
    if (canary != null && canary.gone()) {
      canary = new Canary();
      followed.forEach(FollowedLoader::outlive);
      collections++;
    }
    return collections;
  }

  private synchronized boolean allCollected() {
    return followed.stream().allMatch(FollowedLoader::collected);
  }

  /** Ends early where all are collected, the JVM does not listen, or a later reload begins anew. */
  private void askForCollections() {
    Deadline since = Deadline.in(policy.requests().get(policy.requests().size() - 1));
    try {
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
    return Deadline.in(policy.patience()).await(() -> observe() > before);
  }
}
