package dev.fastdeploy.launcher.supervisor.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The program {@code java} of a command, and the Java runtime that it belongs to. */
public final class JavaProgram {

  private static final String NAME = "java";

  private JavaProgram() {}

  /** Returns true if a program's name is a JVM's. */
  public static boolean isJava(String program) {
    Path name = Path.of(program).getFileName();
    return name != null && name.toString().equals(NAME);
  }

  /**
   * Returns the file that is started for a program's name; empty if there is none.
   *
   * @param directory the directory in which it is started
   */
  public static Optional<Path> find(String program, Path directory) {
    return program.contains("/")
        ? Optional.of(directory.resolve(program))
        : SearchPath.own().find(program);
  }

  /** Returns {@code java} of a search path; empty if it has none. */
  public static Optional<Path> find(SearchPath path) {
    return path.find(NAME);
  }

  /** Returns the program of a Java runtime. */
  public static Path of(Path home) {
    return home.resolve("bin").resolve(NAME);
  }

  /**
   * Returns the runtime's directory, which has a file {@code release}.
   *
   * @param java the program, or a link to it
   * @throws IOException if it is not there
   */
  public static Path home(Path java) throws IOException {
    Path bin = java.toRealPath().getParent();
    Path home = bin == null ? null : bin.getParent();
    return home == null ? java : home;
  }
}
