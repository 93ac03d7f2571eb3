package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Tasks that wait in the common pool. They are cancelled, and the pool drops them when their turn
 * comes.
 */
final class CommonPool implements Step {

  private static final String POOL = "java.util.concurrent.ForkJoinPool";

  private final JdkInternals jdk;

  CommonPool(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "the common pool's tasks";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (jdk.initialised(POOL)
        && jdk.read(POOL, ForkJoinPool.commonPool(), "queues") instanceof Object[] queues) {
      Reach reach = new Reach(jdk, old);
      for (ForkJoinTask<?> task : tasks(queues)) {
        if (reach.leadsToOld(task)) {
          found.add(new Leftover("a task of the common pool", () -> task.cancel(true)));
        }
      }
    }
    return found;
  }

  private List<ForkJoinTask<?>> tasks(Object[] queues) throws InaccessibleException {
    List<ForkJoinTask<?>> tasks = new ArrayList<>();
    for (Object queue : queues) {
      if (queue != null
          && jdk.read(POOL + "$WorkQueue", queue, "array") instanceof Object[] slots) {
        for (Object slot : slots) {
          if (slot instanceof ForkJoinTask<?> task && !task.isDone()) {
            tasks.add(task);
          }
        }
      }
    }
    return tasks;
  }
}
