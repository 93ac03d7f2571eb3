package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Handlers of {@code java.util.logging} that belong to the application, mainly bridges to other
 * logging libraries. A handler of the JDK that merely refers to something of the application stays.
 */
final class LogHandlers implements Step {

  private final JdkInternals jdk;
  private final Logging logging;

  LogHandlers(JdkInternals jdk) {
    this.jdk = jdk;
    this.logging = new Logging(jdk);
  }

  @Override
  public String about() {
    return "log handlers";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    Reach reach = new Reach(jdk, old);
    List<Leftover> found = new ArrayList<>();
    for (Object logger : logging.loggers()) {
      for (Object handler : logging.handlers(logger)) {
        if (reach.leadsToOld(handler)) {
          found.add(
              new Leftover(
                  "log handler " + handler.getClass().getName() + " of " + logging.name(logger),
                  () -> release(logger, handler, old)));
        }
      }
    }
    return found;
  }

  private void release(Object logger, Object handler, OldGeneration old)
      throws InaccessibleException {
    Reach reach = new Reach(jdk, old);
    if (!old.owns(handler)) {
      if (reach.leadsToOld(logging.get(Logging.HANDLER, handler, "getFormatter"))) {
        Object formatter = jdk.create("java.util.logging.SimpleFormatter");
        logging.set(Logging.HANDLER, handler, "setFormatter", Logging.FORMATTER, formatter);
      }
      if (reach.leadsToOld(logging.get(Logging.HANDLER, handler, "getFilter"))) {
        logging.set(Logging.HANDLER, handler, "setFilter", Logging.FILTER, null);
      }
      if (reach.leadsToOld(logging.get(Logging.HANDLER, handler, "getErrorManager"))) {
        Object errors = jdk.create(Logging.ERROR_MANAGER);
        logging.set(Logging.HANDLER, handler, "setErrorManager", Logging.ERROR_MANAGER, errors);
      }
    }
    if (reach.leadsToOld(handler)) {
      logging.removeHandler(logger, handler);
    }
  }
}
