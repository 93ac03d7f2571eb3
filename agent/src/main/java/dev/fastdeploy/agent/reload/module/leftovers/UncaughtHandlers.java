package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/** Handlers of uncaught exceptions that the application set on threads that survive it. */
final class UncaughtHandlers implements Step {

  private static final String FIELD = "uncaughtExceptionHandler";

  private final JdkInternals jdk;

  UncaughtHandlers(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "handlers of uncaught exceptions";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Reach reach = new Reach(jdk, old);
    for (Thread thread : new OldThreads(jdk, old).surviving()) {
      if (reach.leadsToOld(jdk.read("java.lang.Thread", thread, FIELD))) {
        found.add(
            new Leftover(
                "handler of uncaught exceptions of thread '" + thread.getName() + "'",
                () -> jdk.write("java.lang.Thread", thread, FIELD, null)));
      }
    }
    return found;
  }
}
