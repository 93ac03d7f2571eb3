package dev.fastdeploy.agent.testing;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK to start services with.
 *
 * @param feature its version, like 17
 */
public record JavaHome(Path path, int feature) {

  /** The JDK that runs the tests. */
  public static JavaHome running() {
    return new JavaHome(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** A JDK 25 or later that is installed beside the running one. */
  public static Optional<JavaHome> newest() {
    Path parent = running().path().getParent();
    if (parent == null) {
      return Optional.empty();
    }
    try (Stream<Path> siblings = Files.list(parent)) {
      List<JavaHome> found =
          siblings
              .map(JavaHome::of)
              .flatMap(Optional::stream)
              .filter(j -> j.feature >= 25)
              .toList();
      return found.stream().findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** The one that runs the tests, and one of 25 or later if there is one. */
  public static Stream<JavaHome> each() {
    return Stream.concat(
        Stream.of(running()), running().feature >= 25 ? Stream.of() : newest().stream());
  }

  /** One of {@link #each}, for tests of which each is run on one alone. */
  public static JavaHome byTurns(int turn) {
    List<JavaHome> all = each().toList();
    return all.get(turn % all.size());
  }

  /** A tool of this JDK. */
  public String tool(String name) {
    return path.resolve("bin").resolve(name).toString();
  }

  private static Optional<JavaHome> of(Path path) {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(path.resolve("release"))) {
      release.load(reader);
      String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
      return Optional.of(new JavaHome(path, Integer.parseInt(version.split("[.+-]", 2)[0])));
    } catch (IOException | NumberFormatException noJdk) {
      return Optional.empty();
    }
  }
}
