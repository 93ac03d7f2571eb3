package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.agent.reload.OldLoaders;
import dev.fastdeploy.agent.reload.module.leftovers.InaccessibleException;
import dev.fastdeploy.agent.reload.module.leftovers.JdkInternals;
import dev.fastdeploy.agent.reload.module.leftovers.JvmState;
import dev.fastdeploy.agent.reload.module.leftovers.Leftovers;
import dev.fastdeploy.agent.reload.module.leftovers.LoaderWatch;
import dev.fastdeploy.agent.reload.module.leftovers.NativeLibraries;
import dev.fastdeploy.agent.reload.module.leftovers.OldGeneration;
import dev.fastdeploy.contract.Diagnostics;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clears everything that the package {@code leftovers} knows about. Thread-safe. */
final class LeftoverCleaning {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Leftovers leftovers;
  private final LoaderWatch watch;
  private final NativeLibraries libraries;
  private final JvmState before;
  private final AtomicBoolean librariesUnknown = new AtomicBoolean();
  private WeakReference<Generation> lookedAt = new WeakReference<>(null);
  private long lookedNanos;
  private Optional<String> library = Optional.empty();

  /**
   * Remembers the current state of the JVM.
   *
   * @param startedFrom the release that the JVM was started from
   * @param stub the name of the main class, for which the system loader has a stub
   * @param threads makes daemon threads
   */
  LeftoverCleaning(JdkInternals jdk, Path startedFrom, String stub, ThreadFactory threads) {
    this.leftovers = new Leftovers(jdk);
    this.watch = new LoaderWatch(jdk, leftovers, threads, startedFrom, stub);
    this.libraries = new NativeLibraries(jdk);
    this.before = JvmState.capture(jdk);
  }

  /**
   * Clears what a generation left behind and restores the state of the JVM. Never throws.
   *
   * @param limit the longest time that it may take
   * @return what could not be cleared, one line each
   */
  List<String> clear(Generation generation, Duration limit) {
    OldGeneration old = new OldGeneration(generation.loader(), generation.release());
    List<String> lines = new ArrayList<>(leftovers.clear(old, limit));
    lines.addAll(before.restore(old));
    return lines;
  }

  /** Follows the class loader of a generation that was cleared. */
  void follow(Generation generation) {
    watch.follow(generation.loader(), generation.release(), generation.name());
  }

  /** Returns the state of the loaders that are followed. */
  OldLoaders facts() {
    return watch.facts();
  }

  /** Returns the number of those that stay in memory. */
  int staying() {
    return watch.staying();
  }

  /**
   * Returns the file name of a native library that a generation has loaded, or empty if there is
   * none. Looking takes milliseconds and is done for each status, so the answer may be two seconds
   * old.
   */
  synchronized Optional<String> nativeLibrary(Generation generation) {
    long now = System.nanoTime();
    boolean fresh = now - lookedNanos < FRESH.toNanos() && lookedAt.get() == generation;
    if (!fresh) {
      library = look(generation);
      lookedAt = new WeakReference<>(generation);
      lookedNanos = now;
    }
    return library;
  }

  /** Makes the next call look again. */
  synchronized void lookAnew() {
    lookedAt = new WeakReference<>(null);
  }

  private Optional<String> look(Generation generation) {
    try {
      return libraries.of(generation.loader()).stream().findFirst();
    } catch (InaccessibleException otherJdk) {
      if (librariesUnknown.compareAndSet(false, true)) {
        Diagnostics.say(
            "whether a release has loaded a native library is not known: "
                + Diagnostics.reason(otherJdk));
      }
      return Optional.empty();
    }
  }
}
