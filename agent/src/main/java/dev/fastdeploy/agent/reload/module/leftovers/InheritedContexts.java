package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Access control contexts inherited by threads that survive. Each names the classes that were on
 * the stack when the thread was created. Java 24 and later have none.
 */
final class InheritedContexts implements Step {

  private static final String THREAD = "java.lang.Thread";
  private static final String FIELD = "inheritedAccessControlContext";

  private final JdkInternals jdk;

  InheritedContexts(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "inherited access control contexts";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (!jdk.has(THREAD, FIELD)) {
      return found;
    }
    Reach reach = new Reach(jdk, old);
    for (Thread thread : new OldThreads(jdk, old).surviving()) {
      if (reach.leadsToOld(jdk.read(THREAD, thread, FIELD))) {
        found.add(
            new Leftover(
                "access control context of thread '" + thread.getName() + "'",
                () -> jdk.write(THREAD, thread, FIELD, null)));
      }
    }
    return found;
  }
}
