package dev.fastdeploy.agent.reload;

import org.jspecify.annotations.Nullable;

/**
 * The state of the application's classes in this JVM, for a strategy that replaces their code.
 * Another strategy may have left some behind, and may change them as they are loaded. Thread-safe.
 */
public interface ApplicationClasses {

  /** An application that the JVM itself started. */
  ApplicationClasses UNTOUCHED =
      new ApplicationClasses() {
        @Override
        public boolean passesOver(Class<?> type) {
          return false;
        }

        @Override
        public byte[] loaded(@Nullable ClassLoader loader, byte[] file) {
          return file;
        }
      };

  /**
   * Returns true if a class is not the service's code, although its name is that of one that is: it
   * is left over from a release that was replaced, and perhaps not collected yet, or it stands in
   * for another.
   */
  boolean passesOver(Class<?> type);

  /**
   * Returns the code of a class after a loader has loaded it.
   *
   * @param file the class file
   */
  byte[] loaded(@Nullable ClassLoader loader, byte[] file);
}
