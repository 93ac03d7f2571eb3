package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Listeners to the configuration of {@code java.util.logging}, and an application's own log
 * manager.
 */
final class LogListeners implements Step {

  private final JdkInternals jdk;
  private final Logging logging;

  LogListeners(JdkInternals jdk) {
    this.jdk = jdk;
    this.logging = new Logging(jdk);
  }

  @Override
  public String about() {
    return "the log manager";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Object manager = logging.manager().orElse(null);
    if (manager == null) {
      return found;
    }
    if (old.owns(manager)) {
      found.add(
          new Leftover(
              "the JVM's log manager " + manager.getClass().getName(),
              () -> {
                throw new IllegalStateException("a JVM has one to its end");
              }));
    }
    Reach reach = new Reach(jdk, old);
    for (Object listener : logging.listeners(manager)) {
      if (reach.leadsToOld(listener)) {
        found.add(
            new Leftover(
                "listener " + listener.getClass().getName() + " to the logging configuration",
                () -> logging.removeListener(manager, listener)));
      }
    }
    return found;
  }
}
