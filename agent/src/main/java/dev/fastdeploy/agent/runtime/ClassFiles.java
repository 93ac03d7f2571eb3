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
 * Finds the files that loaded classes came from, as real paths. The first target found for a link
 * counts from then on: the code was loaded from there. Not thread-safe.
 */
final class ClassFiles {

  /** Stands for the boot loader, and also finds what {@code -Xbootclasspath/a} appends. */
  private static final ClassLoader BOOT = new ClassLoader(null) {};

  private static final String JRT = "jrt:";

  private final Path javaHome = RealPath.of(Path.of(System.getProperty("java.home", "/")));
  private final Map<String, Optional<Path>> byLocation = new HashMap<>();

  /** The real path of each directory of packages, or of one package in it. */
  private final Map<Path, Path> directories = new HashMap<>();

  /**
   * The place where a class was found.
   *
   * @param location as given by its loader
   * @param file empty if it is not in the local file system
   */
  record Found(String location, Optional<Path> file) {}

  /**
   * Returns where a class was found, or null if it has no place, like proxies and the JDK's own
   * classes.
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

  /** Skips named modules, which hold the JDK's own classes. */
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

  /** Follows links, which may stand for a single class or for a package. */
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
