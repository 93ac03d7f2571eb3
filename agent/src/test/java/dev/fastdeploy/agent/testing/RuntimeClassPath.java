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
            .filter(jar -> !isOurs(jar))
            .toList();
    if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("grpc-core"))) {
      throw new IllegalStateException("no libraries on the class path " + entries());
    }
    return jars;
  }

  /** Our own classes: directories and, when the build has packaged another module, its jar. */
  public static List<Path> ownClasses() {
    return entries().stream()
        .filter(entry -> Files.isDirectory(entry) || isOurs(entry))
        .filter(entry -> !entry.endsWith("test-classes"))
        .toList();
  }

  private static boolean isOurs(Path entry) {
    return entry.getFileName().toString().startsWith("fastdeploy-");
  }

  private static List<Path> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }
}
