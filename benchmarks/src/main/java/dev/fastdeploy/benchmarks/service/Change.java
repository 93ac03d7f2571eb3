package dev.fastdeploy.benchmarks.service;

import java.util.Locale;

/**
 * The difference between two commits. In each case the service reports the new commit only once the
 * change itself has taken effect.
 */
public enum Change {
  /** The body of one method. */
  BODY("a method's body"),
  /** A method that was not there, and the body that calls it. */
  NEW_METHOD("a new method"),
  /** A class that was not there, and the body that calls it. */
  NEW_CLASS("a new class"),
  /** The body of a static initialiser, whose work was done when the class was loaded. */
  STATIC_INITIALISER("a static initialiser"),
  /** A file beside the classes, which is read for each answer. */
  RESOURCE("a resource"),
  /** A class in a library of the release. */
  DEPENDENCY("a dependency"),
  /** A system property in the file of JVM flags that comes with the release. */
  JVM_FLAG("a JVM flag");

  private final String words;

  Change(String words) {
    this.words = words;
  }

  /** The name in parameters and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For people. */
  public String words() {
    return words;
  }

  /**
   * The change of that {@link #label}.
   *
   * @throws IllegalArgumentException if there is none, with a message for the user
   */
  public static Change labelled(String label) {
    for (Change change : values()) {
      if (change.label().equals(label)) {
        return change;
      }
    }
    throw new IllegalArgumentException("change '" + label + "' is unknown; see --help");
  }
}
