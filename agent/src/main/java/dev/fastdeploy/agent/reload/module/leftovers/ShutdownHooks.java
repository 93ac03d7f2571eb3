package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Shutdown hooks that reached the JVM without a rewritten call, for example by reflection. They run
 * as they would have at its end, all at once.
 */
final class ShutdownHooks implements Step {

  private final JdkInternals jdk;

  ShutdownHooks(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "the JVM's shutdown hooks";
  }

  @Override
  public double patience() {
    return 0.5;
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    ThreadInternals threads = new ThreadInternals(jdk);
    Reach reach = new Reach(jdk, old);
    List<Leftover> found = new ArrayList<>();
    for (Thread hook : threads.shutdownHooks()) {
      if (old.owns(hook) || reach.leadsToOld(threads.target(hook))) {
        found.add(
            new Leftover(
                "shutdown hook '" + hook.getName() + "'", () -> run(hook), () -> !hook.isAlive()));
      }
    }
    return found;
  }

  private static void run(Thread hook) {
    if (Runtime.getRuntime().removeShutdownHook(hook)) {
      hook.start();
    }
  }
}
