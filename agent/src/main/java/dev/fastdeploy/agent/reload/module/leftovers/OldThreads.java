package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Separates the threads of a generation, which must end, from those that survive it: the JVM's and
 * the JDK's own, the agent's, and those that merely inherited something from it. A thread is the
 * generation's if it runs its code, was given such code to run, or works for one of its pools,
 * timers or clients.
 */
final class OldThreads {

  /**
   * Threads that serve one owner and end when interrupted. Other threads of the JDK serve everyone.
   */
  private static final String HTTP_CLIENT = "jdk.internal.net.http.";

  private static final String SELECTOR = HTTP_CLIENT + "HttpClientImpl$SelectorManager";
  private static final String TIMER = "java.util.TimerThread";
  private static final String WORKER = "java.util.concurrent.ThreadPoolExecutor$Worker";

  /** The factories of pools that an application creates without a factory of its own. */
  private static final List<String> FACTORIES_FOR_ALL =
      List.of("java.util.concurrent.Executors$", "java.lang.ThreadBuilders$");

  /** Threads of the JVM that pass through application code, and must never be disturbed. */
  private static final Set<String> NEVER =
      Set.of(
          "java.lang.ref.Reference$ReferenceHandler",
          "java.lang.ref.Finalizer$FinalizerThread",
          "jdk.internal.misc.InnocuousThread",
          "jdk.internal.misc.CarrierThread",
          "java.util.concurrent.DelayScheduler");

  private final JdkInternals jdk;
  private final ThreadInternals threads;
  private final OldGeneration old;
  private final Reach reach;

  OldThreads(JdkInternals jdk, OldGeneration old) {
    this.jdk = jdk;
    this.threads = new ThreadInternals(jdk);
    this.old = old;
    this.reach = new Reach(jdk, old);
  }

  /** Returns the generation's own threads, platform and virtual. */
  List<Thread> own() throws InaccessibleException {
    List<Thread> own = new ArrayList<>();
    List<Thread> platform = threads.platform();
    List<List<Frame>> frames = threads.frames(platform);
    for (int i = 0; i < platform.size(); i++) {
      if (isOwn(platform.get(i), frames.get(i))) {
        own.add(platform.get(i));
      }
    }
    for (Thread each : threads.virtual()) {
      if (isOwn(each, List.of())) {
        own.add(each);
      }
    }
    return own;
  }

  /** Returns all other threads, and those that wait for the end of the JVM. */
  List<Thread> surviving() throws InaccessibleException {
    List<Thread> surviving = new ArrayList<>(threads.platform());
    surviving.addAll(threads.shutdownHooks());
    surviving.removeAll(own());
    return surviving;
  }

  /** Returns true if a thread is still the generation's. */
  boolean isOwn(Thread thread) throws InaccessibleException {
    if (!thread.isAlive()) {
      return false;
    }
    List<Frame> frames =
        ThreadInternals.isVirtual(thread) ? List.of() : threads.frames(List.of(thread)).get(0);
    return isOwn(thread, frames);
  }

  /** Returns the name of a thread and the code that it runs. */
  String describe(Thread thread) throws InaccessibleException {
    if (ThreadInternals.isVirtual(thread)) {
      return "virtual thread " + thread.getId() + " '" + thread.getName() + "'";
    }
    String code = code(thread).map(each -> " (" + each + ")").orElse("");
    return "thread '" + thread.getName() + "'" + code;
  }

  /**
   * Returns the generation's method that a thread is executing, or else what it was given to run.
   */
  private Optional<String> code(Thread thread) throws InaccessibleException {
    if (thread.isAlive()) {
      for (Frame frame : threads.frames(List.of(thread)).get(0)) {
        if (old.ownsClass(frame.type())) {
          return Optional.of(frame.toString());
        }
      }
    }
    Object target = threads.target(thread);
    return Optional.ofNullable(target).map(object -> object.getClass().getName());
  }

  /**
   * Returns the pool that a thread of the generation works for, or empty if it is not the
   * generation's.
   */
  Optional<ThreadPoolExecutor> pool(Thread thread) throws InaccessibleException {
    Object target = threads.target(thread);
    return isWorker(target)
        ? Optional.of(poolOf(target)).filter(pool -> !servesTheJdk(pool))
        : Optional.empty();
  }

  private boolean isOwn(Thread thread, List<Frame> frames) throws InaccessibleException {
    if (old.spares(thread)
        || thread.getName().startsWith("fastdeploy-")
        || NEVER.contains(thread.getClass().getName())) {
      return false;
    }
    Object target = threads.target(thread);
    return old.owns(thread)
        || old.owns(target)
        || frames.stream().anyMatch(frame -> old.ownsClass(frame.type()))
        || servesOld(thread, target);
  }

  private boolean servesOld(Thread thread, @Nullable Object target) throws InaccessibleException {
    boolean inherited = old.ownsLoader(threads.contextLoader(thread));
    if (isWorker(target)) {
      return isOwnPool(poolOf(target), inherited);
    }
    if (thread instanceof ForkJoinWorkerThread worker) {
      ForkJoinPool pool = worker.getPool();
      return pool != ForkJoinPool.commonPool() && (inherited || reach.leadsToOld(pool));
    }
    String type = thread.getClass().getName();
    if (type.equals(TIMER)) {
      return isOwnTimer(jdk.readPresent(TIMER, thread, "queue"), inherited);
    }
    if (type.equals(SELECTOR)) {
      return inherited || reach.leadsToOld(jdk.read(SELECTOR, thread, "owner"));
    }
    // A cleaner ends by itself once nothing is left for it; see the step for cleaners.
    boolean cleaner = target != null && target.getClass().getName().endsWith(".CleanerImpl");
    if (ThreadInternals.isVirtual(thread)) {
      return inherited || reach.leadsToOld(target);
    }
    return !cleaner && reach.leadsToOld(target);
  }

  private boolean isOwnTimer(Object queue, boolean inherited) throws InaccessibleException {
    boolean idle =
        Boolean.TRUE.equals(jdk.call("java.util.TaskQueue", queue, "isEmpty", List.of()));
    return idle ? inherited : reach.leadsToOld(queue);
  }

  private boolean isOwnPool(ThreadPoolExecutor pool, boolean inherited)
      throws InaccessibleException {
    if (servesTheJdk(pool)) {
      return false;
    }
    return inherited || reach.leadsToOld(pool);
  }

  /**
   * Returns true for a pool of the JDK's that serves everyone. Its threads inherit from whoever
   * comes first.
   */
  private static boolean servesTheJdk(ThreadPoolExecutor pool) {
    Class<?> factory = pool.getThreadFactory().getClass();
    return factory.getClassLoader() == null
        && FACTORIES_FOR_ALL.stream().noneMatch(factory.getName()::startsWith);
  }

  private static boolean isWorker(@Nullable Object target) {
    return target != null && target.getClass().getName().equals(WORKER);
  }

  private ThreadPoolExecutor poolOf(@Nullable Object worker) throws InaccessibleException {
    if (worker != null
        && jdk.readPresent(WORKER, worker, "this$0") instanceof ThreadPoolExecutor pool) {
      return pool;
    }
    throw new InaccessibleException("a worker without a pool");
  }
}
