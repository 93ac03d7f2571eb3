package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Tasks by which {@code CompletableFuture} completes later, for example by a timeout. One scheduler
 * of the JDK holds them for everyone. In Java 25 and later it cannot be reached.
 */
final class DelayedCompletions implements Step {

  private static final String DELAYER = "java.util.concurrent.CompletableFuture$Delayer";

  private final JdkInternals jdk;

  DelayedCompletions(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "delayed completions";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (jdk.initialised(DELAYER)
        && jdk.readStatic(DELAYER, "delayer") instanceof ScheduledThreadPoolExecutor delayer) {
      Reach reach = new Reach(jdk, old);
      for (Runnable task : delayer.getQueue()) {
        if (reach.leadsToOld(task)) {
          found.add(new Leftover("a delayed completion", () -> delayer.remove(task)));
        }
      }
    }
    return found;
  }
}
