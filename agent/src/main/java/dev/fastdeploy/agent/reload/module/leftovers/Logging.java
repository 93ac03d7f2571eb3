package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code java.util.logging}, if the application has initialised it. Accessed only by name, since
 * the build redirects direct references to a shim.
 */
final class Logging {

  static final String LOGGER = "java.util.logging.Logger";
  static final String HANDLER = "java.util.logging.Handler";
  static final String LEVEL = "java.util.logging.Level";
  static final String FILTER = "java.util.logging.Filter";
  static final String FORMATTER = "java.util.logging.Formatter";
  static final String ERROR_MANAGER = "java.util.logging.ErrorManager";

  private static final String MANAGER = "java.util.logging.LogManager";

  private final JdkInternals jdk;

  Logging(JdkInternals jdk) {
    this.jdk = jdk;
  }

  /** Returns the log manager, or empty until it is complete. */
  Optional<Object> manager() throws InaccessibleException {
    if (!jdk.initialised(MANAGER)) {
      return Optional.empty();
    }
    Object manager = jdk.readStatic(MANAGER, "manager");
    return manager != null && Boolean.TRUE.equals(jdk.read(MANAGER, manager, "initializationDone"))
        ? Optional.of(manager)
        : Optional.empty();
  }

  /** Returns true if the log manager is the JDK's, not one that an application named. */
  boolean isOfTheJdk(Object manager) {
    return manager.getClass().getName().equals(MANAGER);
  }

  /** Returns every logger in use. */
  List<Object> loggers() throws InaccessibleException {
    Object manager = manager().orElse(null);
    if (manager == null) {
      return List.of();
    }
    List<Object> loggers = new ArrayList<>();
    Object names = jdk.call(MANAGER, manager, "getLoggerNames", List.of());
    if (names instanceof Enumeration<?> enumeration) {
      for (Object name : Collections.list(enumeration)) {
        Object logger =
            jdk.call(MANAGER, manager, "getLogger", List.of(String.class), (String) name);
        if (logger != null) {
          loggers.add(logger);
        }
      }
    }
    return loggers;
  }

  /** Returns a logger's name for a person. */
  String name(Object logger) throws InaccessibleException {
    return isRoot(logger) ? "the root logger" : "logger " + get(LOGGER, logger, "getName");
  }

  boolean isRoot(Object logger) throws InaccessibleException {
    return Objects.equals(get(LOGGER, logger, "getName"), "");
  }

  List<Object> handlers(Object logger) throws InaccessibleException {
    Object handlers = jdk.call(LOGGER, logger, "getHandlers", List.of());
    return handlers instanceof Object[] array ? List.of(array) : List.of();
  }

  @Nullable Object get(String owner, Object object, String getter) throws InaccessibleException {
    return jdk.call(owner, object, getter, List.of());
  }

  void set(String owner, Object object, String setter, String type, @Nullable Object value)
      throws InaccessibleException {
    // A bare null would be taken for the array of arguments.
    jdk.call(owner, object, setter, List.of(jdk.type(type)), new @Nullable Object[] {value});
  }

  void removeHandler(Object logger, Object handler) throws InaccessibleException {
    set(LOGGER, logger, "removeHandler", HANDLER, handler);
    jdk.call(HANDLER, handler, "close", List.of());
  }

  void addHandler(Object logger, Object handler) throws InaccessibleException {
    set(LOGGER, logger, "addHandler", HANDLER, handler);
  }

  /** Reads the configuration as at the start, which resets levels and handlers. */
  void readConfiguration(Object manager) throws InaccessibleException {
    jdk.call(MANAGER, manager, "readConfiguration", List.of());
  }

  /** Returns the listeners to a new configuration. */
  List<Object> listeners(Object manager) throws InaccessibleException {
    return jdk.read(MANAGER, manager, "listeners") instanceof Map<?, ?> listeners
        ? List.copyOf(listeners.keySet())
        : List.of();
  }

  void removeListener(Object manager, Object listener) throws InaccessibleException {
    jdk.call(MANAGER, manager, "removeConfigurationListener", List.of(Runnable.class), listener);
  }
}
