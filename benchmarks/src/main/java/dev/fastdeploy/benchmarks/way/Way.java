package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.service.ServiceKind;
import java.util.Locale;

/** The ways to get new code into a running service. */
public enum Way {
  /** fastdeploy ends the process, and its launcher starts the new release. */
  PROCESS,
  /** The same, and the launcher holds the listening sockets meanwhile: connections wait. */
  HELD,
  /**
   * The same as process, with releases that were trained: they start from an archive of classes.
   */
  ARCHIVE,
  /** fastdeploy stops the service and starts the new release in the same JVM. */
  MODULE,
  /** fastdeploy redefines the classes that changed. */
  REDEFINE,
  /** A shell loop starts the service again whenever it has ended; TERM ends it. */
  SHELL,
  /** Spring Boot's DevTools close the application and start it in a new class loader. */
  DEVTOOLS;

  /** Returns the name in parameters and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether it is one of fastdeploy's strategies. */
  public boolean strategy() {
    return this != SHELL && this != DEVTOOLS;
  }

  /** Returns the name of the strategy, where it is one of fastdeploy's. */
  String strategyName() {
    return this == HELD || this == ARCHIVE ? PROCESS.label() : label();
  }

  /** Returns whether a service can be reloaded that way at all. */
  public boolean fits(ServiceKind service) {
    return this != DEVTOOLS || service == ServiceKind.SPRING;
  }

  /**
   * Returns the way with a {@link #label}.
   *
   * @throws IllegalArgumentException if there is none, with a message for the user
   */
  public static Way labelled(String label) {
    for (Way way : values()) {
      if (way.label().equals(label)) {
        return way;
      }
    }
    throw new IllegalArgumentException(
        "strategy '"
            + label
            + "' is unknown; use process, held, archive, module, redefine, shell or devtools");
  }
}
