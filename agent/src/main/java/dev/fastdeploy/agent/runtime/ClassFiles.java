package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.reload.CodePlace;
import dev.fastdeploy.contract.RealPath;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that loaded classes came from, as real paths. What a link pointed to when it was
 * first asked for counts from then on: the code was loaded from there. Not thread-safe.
 */
final class ClassFiles {

  /** The boot loader as one that can be asked, also for what {@code -Xbootclasspath/a} appends. */
  private static final ClassLoader BOOT = new ClassLoader(null) {};

  private static final String JRT = "jrt:";

  private final Path javaHome = RealPath.of(Path.of(System.getProperty("java.home", "/")));
  private final Map<String, Optional<Path>> byLocation = new HashMap<>();

  /** Real path by the path of a directory of packages or of one package in it. */
  private final Map<Path, Path> directories = new HashMap<>();

  /**
   * Where a class was found.
   *
   * @param location as its loader tells it
   * @param file nothing if that is not in the local file system
   */
  record Found(String location, Optional<Path> file) {}

  /**
   * Where a class was found; nothing if it has no place, as proxies and the JDK's own have none.
   */
  @Nullable Found find(Class<?> type) {
    String location = location(type);
    if (location == null) {
      return null;
    }
    if (location.startsWith(JRT)) {
      return isJdks(location) ? null : new Found(location, Optional.of(javaHome));
    }
    Optional<Path> place =
        byLocation.computeIfAbsent(
            location, text -> CodePlace.of(text).map(CodePlace::path).map(RealPath::of));
    return new Found(
        location,
        location.endsWith("/") && location.startsWith("file:")
            ? place.map(directory -> inDirectory(directory, type.getName()))
            : place);
  }

  private static @Nullable String location(Class<?> type) {
    if (type.getClassLoader() == null) {
      return appendedToBoot(type);
    }
    ProtectionDomain domain = type.getProtectionDomain();
    CodeSource source = domain == null ? null : domain.getCodeSource();
    URL location = source == null ? null : source.getLocation();
    return location == null ? null : location.toExternalForm();
  }

  /** The JDK's own classes are in named modules. */
  private static @Nullable String appendedToBoot(Class<?> type) {
    if (type.getModule().isNamed() || type.isHidden()) {
      return null;
    }
    String file = classFile(type.getName());
    URL resource = BOOT.getResource(file);
    String url = resource == null ? "" : resource.toExternalForm();
    return url.endsWith(file) ? url.substring(0, url.length() - file.length()) : null;
  }

  private static boolean isJdks(String location) {
    return location.startsWith("jrt:/java.") || location.startsWith("jrt:/jdk.");
  }

  /** A link may stand for a single class, or for a package. */
  private Path inDirectory(Path directory, String name) {
    Path file = directory.resolve(classFile(name));
    Path parent = file.getParent();
    if (parent == null) {
      return directory;
    }
    return Files.isSymbolicLink(file)
        ? RealPath.of(file)
        : directories.computeIfAbsent(parent, RealPath::of);
  }

  private static String classFile(String name) {
    return name.replace('.', '/') + ".class";
  }
}
