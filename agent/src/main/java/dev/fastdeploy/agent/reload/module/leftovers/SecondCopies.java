package dev.fastdeploy.agent.reload.module.leftovers;

import dev.fastdeploy.contract.RealPath;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes of the application that the system loader defined: the JVM was started with the
 * application's jars on its class path, and what looks for classes there, {@code ServiceLoader} or
 * the common pool say, gets a second copy that no reload replaces.
 */
final class SecondCopies {

  private static final List<String> OWN =
      List.of("dev.fastdeploy.agent.", "dev.fastdeploy.contract.", "dev.fastdeploy.launcher.");

  private final JdkInternals jdk;

  SecondCopies(JdkInternals jdk) {
    this.jdk = jdk;
  }

  /**
   * Their names, in order.
   *
   * @param release the directory that the class path of the JVM leads to
   * @param stub the class that stands in for the main class
   */
  List<String> names(Path release, String stub) {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    Path directory = RealPath.of(release);
    Map<String, Boolean> below = new HashMap<>();
    TreeSet<String> names = new TreeSet<>();
    for (Class<?> type : jdk.instrumentation().getInitiatedClasses(system)) {
      URL location = type.getClassLoader() == system ? location(type) : null;
      if (location != null
          && !type.getName().equals(stub)
          && OWN.stream().noneMatch(type.getName()::startsWith)
          && below.computeIfAbsent(location.toString(), each -> isBelow(directory, location))) {
        names.add(type.getName());
      }
    }
    return List.copyOf(names);
  }

  private static @Nullable URL location(Class<?> type) {
    ProtectionDomain domain = type.getProtectionDomain();
    CodeSource source = domain == null ? null : domain.getCodeSource();
    return source == null ? null : source.getLocation();
  }

  private static boolean isBelow(Path directory, URL location) {
    try {
      return RealPath.of(Path.of(location.toURI())).startsWith(directory);
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException noFile) {
      return false;
    }
  }
}
