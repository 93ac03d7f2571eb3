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
          "(junit|assertj|awaitility|hamcrest|archunit|byte-buddy-agent|apiguardian|opentest4j|bc|jspecify"
              + "|surefire|maven|tomcat|jetty|undertow|jboss-logging|jboss-threads|xnio|wildfly|smallrye"
              + "|netty).*");

  private RuntimeClassPath() {}

  /** The jars of libraries. */
  public static List<Path> jars() {
    List<Path> jars =
        entries().stream()
            .filter(Files::isRegularFile)
            .filter(jar -> !FOR_TESTS.matcher(nameOf(jar)).matches() && !isOwn(jar))
            .toList();
    if (jars.stream().noneMatch(jar -> nameOf(jar).startsWith("grpc-core"))) {
      throw new IllegalStateException("no libraries on the class path " + entries());
    }
    return jars;
  }

  /** Where our own classes lie: directories, and jars of modules that were packaged already. */
  public static List<Path> own() {
    return entries().stream()
        .filter(entry -> Files.isDirectory(entry) ? !entry.endsWith("test-classes") : isOwn(entry))
        .toList();
  }

  private static boolean isOwn(Path jar) {
    return nameOf(jar).startsWith("fastdeploy-");
  }

  private static String nameOf(Path entry) {
    return entry.getFileName().toString();
  }

  private static List<Path> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        // Surefire leaves an empty entry at the end, which is the working directory.
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }
}
