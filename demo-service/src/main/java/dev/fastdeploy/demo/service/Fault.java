package dev.fastdeploy.demo.service;

import java.util.Locale;

/** The faults that a release of the service can be given. */
public enum Fault {
  /** No fault. */
  NONE,
  /** It exits at once, with {@link DemoService#FAULT_EXIT_CODE}. */
  EXIT,
  /** It runs and never listens. */
  HANG,
  /** It listens, and answers /health with 503 for a time. */
  LATE,
  /** It says that it is ready, and ends some time after that. */
  DIES;

  /** Returns the name in a release's resource. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the fault with a {@link #label}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Fault labelled(String label) {
    for (Fault fault : values()) {
      if (fault.label().equals(label)) {
        return fault;
      }
    }
    throw new IllegalArgumentException(
        "broken=" + label + " is unknown; use none, exit, hang, late or dies");
  }
}
