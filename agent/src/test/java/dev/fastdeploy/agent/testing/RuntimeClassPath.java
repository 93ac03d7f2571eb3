package dev.fastdeploy.agent.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The part of the tests' class path that the agent has at run time. */
public final class RuntimeClassPath {

  private static final Pattern FOR_TESTS =
      Pattern.compile(
          "(junit|assertj|awaitility|hamcrest|archunit|byte-buddy|apiguardian|opentest4j|bc|jspecify"
              + "|surefire|maven).*");

  private RuntimeClassPath() {}

  /** The jars of libraries. */
  public static List<Path> jars() {
    List<Path> jars =
        entries().stream()
            .filter(Files::isRegularFile)
            .filter(jar -> !FOR_TESTS.matcher(jar.getFileName().toString()).matches())
            .toList();
    if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("grpc-core"))) {
      throw new IllegalStateException("no libraries on the class path " + entries());
    }
    return jars;
  }

  /** The directories of our own classes, and with the agent alone built, our other jars. */
  public static List<Path> ownClasses() {
    return entries().stream()
        .filter(Files::isDirectory)
        .filter(directory -> !directory.endsWith("test-classes"))
        .toList();
  }

  private static List<Path> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }
}
