package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Context class loaders of threads that survive. A thread inherits the loader of the thread that
 * starts it, so the JDK's own threads have the application's if it came first.
 */
final class ContextLoaders implements Step {

  private final JdkInternals jdk;

  ContextLoaders(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "context class loaders";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    ThreadInternals threads = new ThreadInternals(jdk);
    List<Leftover> found = new ArrayList<>();
    for (Thread thread : new OldThreads(jdk, old).surviving()) {
      if (old.ownsLoader(threads.contextLoader(thread))) {
        found.add(
            new Leftover(
                "context class loader of thread '" + thread.getName() + "'",
                () -> threads.setContextLoader(thread, ClassLoader.getSystemClassLoader())));
      }
    }
    return found;
  }
}
