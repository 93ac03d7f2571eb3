package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Levels and the root's handlers of {@code java.util.logging}. If nobody had used it yet, it is
 * configured again as for its first user.
 */
final class SavedLogging implements Saved {

  private final Logging logging;
  private final boolean used;
  private final Map<String, @Nullable Object> levels = new HashMap<>();
  private List<Object> rootHandlers = List.of();

  SavedLogging(JdkInternals jdk) throws InaccessibleException {
    this.logging = new Logging(jdk);
    this.used = logging.manager().isPresent();
    for (Object logger : logging.loggers()) {
      levels.put(logging.name(logger), level(logger));
      if (logging.isRoot(logger)) {
        rootHandlers = logging.handlers(logger);
      }
    }
  }

  @Override
  public String about() {
    return "the configuration of java.util.logging";
  }

  @Override
  public void restore(OldGeneration old) throws InaccessibleException {
    Object manager = logging.manager().orElse(null);
    if (manager == null || !logging.isOfTheJdk(manager)) {
      return;
    }
    if (!used) {
      logging.readConfiguration(manager);
      return;
    }
    for (Object logger : logging.loggers()) {
      Object level = levels.get(logging.name(logger));
      if (!Objects.equals(level(logger), level)) {
        logging.set(Logging.LOGGER, logger, "setLevel", Logging.LEVEL, level);
      }
      if (logging.isRoot(logger)) {
        restoreHandlers(logger);
      }
    }
  }

  private void restoreHandlers(Object root) throws InaccessibleException {
    List<Object> present = logging.handlers(root);
    for (Object handler : rootHandlers) {
      if (!present.contains(handler)) {
        logging.addHandler(root, handler);
      }
    }
  }

  private @Nullable Object level(Object logger) throws InaccessibleException {
    return logging.get(Logging.LOGGER, logger, "getLevel");
  }
}
