package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Levels and filters of {@code java.util.logging} that are the application's own classes. */
final class LogLevels implements Step {

  private final JdkInternals jdk;
  private final Logging logging;

  LogLevels(JdkInternals jdk) {
    this.jdk = jdk;
    this.logging = new Logging(jdk);
  }

  @Override
  public String about() {
    return "levels and filters of loggers";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    Reach reach = new Reach(jdk, old);
    List<Leftover> found = new ArrayList<>();
    for (Object logger : logging.loggers()) {
      String name = logging.name(logger);
      if (reach.leadsToOld(logging.get(Logging.LOGGER, logger, "getFilter"))) {
        found.add(
            new Leftover(
                "filter of " + name,
                () -> logging.set(Logging.LOGGER, logger, "setFilter", Logging.FILTER, null)));
      }
      if (reach.leadsToOld(logging.get(Logging.LOGGER, logger, "getLevel"))) {
        found.add(
            new Leftover(
                "level of " + name,
                () ->
                    logging.set(
                        Logging.LOGGER, logger, "setLevel", Logging.LEVEL, standIn(logger))));
      }
    }
    return found;
  }

  /** Returns null, with which a logger inherits its level, except for the root, which cannot. */
  private @Nullable Object standIn(Object logger) throws InaccessibleException {
    return logging.isRoot(logger) ? jdk.readStatic(Logging.LEVEL, "INFO") : null;
  }
}
