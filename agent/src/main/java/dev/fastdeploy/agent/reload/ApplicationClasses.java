package dev.fastdeploy.agent.reload;

import org.jspecify.annotations.Nullable;

/**
 * How the application's classes stand in this JVM, for a strategy that replaces their code: another
 * one may have left some behind, and may change them as they are loaded. Thread-safe.
 */
public interface ApplicationClasses {

  /** The application was started as the JVM does it. */
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
   * Whether a class is none of the service's code, though it has the name of one that is: it is
   * left of a release that was replaced, and perhaps not collected yet, or stands in for another.
   */
  boolean passesOver(Class<?> type);

  /**
   * The code that a class has once a loader has loaded it.
   *
   * @param file the class file
   */
  byte[] loaded(@Nullable ClassLoader loader, byte[] file);
}
