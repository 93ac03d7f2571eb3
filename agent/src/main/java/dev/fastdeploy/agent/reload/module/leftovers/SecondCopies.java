package dev.fastdeploy.agent.reload.module.leftovers;

import dev.fastdeploy.agent.reload.CodePlace;
import dev.fastdeploy.contract.RealPath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds classes of the application that the system loader defined. The JVM was started with the
 * application's jars on its class path, so code that looks for classes there, such as {@code
 * ServiceLoader} or the common pool, gets a second copy that no reload replaces.
 */
final class SecondCopies {

  private static final List<String> OWN =
      List.of("dev.fastdeploy.agent.", "dev.fastdeploy.contract.", "dev.fastdeploy.launcher.");

  private final JdkInternals jdk;

  SecondCopies(JdkInternals jdk) {
    this.jdk = jdk;
  }

  /**
   * Returns their names, in order.
   *
   * @param release the directory that the JVM's class path points to
   * @param stub the class that replaces the main class
   */
  List<String> names(Path release, String stub) {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    Path directory = RealPath.of(release);
    Map<Path, Boolean> below = new HashMap<>();
    TreeSet<String> names = new TreeSet<>();
    for (Class<?> type : jdk.instrumentation().getInitiatedClasses(system)) {
      if (type.getClassLoader() == system
          && !type.getName().equals(stub)
          && OWN.stream().noneMatch(type.getName()::startsWith)
          && CodePlace.of(type.getProtectionDomain())
              .map(CodePlace::path)
              .filter(path -> below.computeIfAbsent(path, each -> isBelow(directory, each)))
              .isPresent()) {
        names.add(type.getName());
      }
    }
    return List.copyOf(names);
  }

  private static boolean isBelow(Path directory, Path path) {
    return RealPath.of(path).startsWith(directory);
  }
}
