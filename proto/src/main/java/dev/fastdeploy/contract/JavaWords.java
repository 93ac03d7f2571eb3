package dev.fastdeploy.contract;

import java.util.Set;

/** The options of the program {@code java} that its command lines are read by (its man page). */
public final class JavaWords {

  /** The options whose value, the next word, is the class path. */
  public static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

  /** The beginning of the option that has the class path in the same word. */
  public static final String CLASS_PATH_EQUALS = "--class-path=";

  /** All options whose value is the next word. */
  public static final Set<String> WITH_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--enable-native-access",
          "--limit-modules",
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--patch-module",
          "--source");

  private JavaWords() {}
}
