package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/** Thread pools. They are shut down so that none of their threads is replaced. */
final class Executors implements Step {

  private final JdkInternals jdk;

  Executors(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "executors";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    OldThreads threads = new OldThreads(jdk, old);
    ThreadInternals internals = new ThreadInternals(jdk);
    HeldExecutors held = new HeldExecutors(jdk, old);
    Set<Executor> pools = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Leftover> found = new ArrayList<>();
    for (Thread thread : threads.own()) {
      ExecutorService pool = poolOf(threads, thread);
      if (pool != null && pools.add(pool)) {
        found.add(new Leftover("executor of thread '" + thread.getName() + "'", pool::shutdownNow));
      } else if (pool == null) {
        for (Executor own : held.of(thread, internals.target(thread))) {
          if (pools.add(own)) {
            found.add(
                new Leftover(
                    "executor "
                        + own.getClass().getName()
                        + " of thread '"
                        + thread.getName()
                        + "'",
                    () -> HeldExecutors.end(own)));
          }
        }
      }
    }
    return found;
  }

  private static @Nullable ExecutorService poolOf(OldThreads threads, Thread thread)
      throws InaccessibleException {
    if (thread instanceof ForkJoinWorkerThread worker) {
      return worker.getPool() == ForkJoinPool.commonPool() ? null : worker.getPool();
    }
    return threads.pool(thread).orElse(null);
  }
}
