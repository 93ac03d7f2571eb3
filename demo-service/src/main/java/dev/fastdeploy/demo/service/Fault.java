package dev.fastdeploy.demo.service;

import java.util.Locale;

/** What a release of the service can be made to do wrong. */
public enum Fault {
  /** Nothing. */
  NONE,
  /** It exits at once, with {@link DemoService#FAULT_EXIT_CODE}. */
  EXIT,
  /** It runs and never listens. */
  HANG,
  /** It listens, and answers /health with 503 until its time is over. */
  LATE,
  /** It says that it is ready, and is gone when its time after that is over. */
  DIES;

  /** The name in a release's resource. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The fault of that {@link #label}.
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
