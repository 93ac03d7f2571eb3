package dev.fastdeploy.demo.process;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK to run processes on.
 *
 * @param home its directory
 * @param feature its version, such as 17
 */
public record Jdk(Path home, int feature) {

  /** Returns the one that runs this code. */
  public static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /**
   * Returns the JDK in a directory.
   *
   * @throws IllegalArgumentException if there is none, with a message for the user
   */
  public static Jdk at(Path home) {
    return find(home)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + home + "' is no JDK: it needs bin/java and a release file"));
  }

  /**
   * Returns the newest JDK installed beside this one, of at least this version; empty if there is
   * none.
   */
  public Optional<Jdk> beside(int leastFeature) throws IOException {
    Path parent = home.toAbsolutePath().getParent();
    if (parent == null) {
      return Optional.empty();
    }
    try (Stream<Path> neighbours = Files.list(parent)) {
      List<Jdk> found = neighbours.map(Jdk::find).flatMap(Optional::stream).toList();
      return found.stream()
          .filter(jdk -> jdk.feature >= leastFeature)
          .max(Comparator.comparingInt(Jdk::feature));
    }
  }

  /** Returns its {@code java} program. */
  public Path java() {
    return home.resolve("bin").resolve("java");
  }

  private static Optional<Jdk> find(Path home) {
    Path facts = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(facts)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(facts)) {
      properties.load(reader);
      String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Optional.of(new Jdk(home, Runtime.Version.parse(version).feature()));
    } catch (IOException | IllegalArgumentException noVersion) {
      return Optional.empty();
    }
  }
}
