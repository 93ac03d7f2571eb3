package dev.fastdeploy.agent.reload.process.polite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server that is in use in this JVM.
 *
 * @param prefix of the names of its types
 * @param loader the loader of its classes, or null for the boot loader
 * @param points where it is changed, in one class or several
 */
record LoadedServer(String prefix, @Nullable ClassLoader loader, List<Point> points) {

  /** All loaded classes are looked up by their last name; few have one of these. */
  private static final Map<String, List<Point>> BY_SIGN =
      Stream.of(
              JdkPoints.ALL, JettyPoints.ALL, NettyPoints.ALL, TomcatPoints.ALL, UndertowPoints.ALL)
          .flatMap(List::stream)
          .collect(Collectors.groupingBy(point -> lastName(point.sign(), '/')));

  /**
   * Finds the servers among the loaded classes.
   *
   * @param spared the loader whose classes are left alone
   */
  static List<LoadedServer> among(Class<?>[] loaded, @Nullable ClassLoader spared) {
    List<LoadedServer> found = new ArrayList<>();
    for (Class<?> sign : loaded) {
      List<Point> points = BY_SIGN.getOrDefault(lastName(sign.getName(), '.'), List.of());
      if (!points.isEmpty() && !isOf(spared, sign)) {
        String name = sign.getName().replace('.', '/');
        points = points.stream().filter(point -> Shading.isCopy(name, point.sign())).toList();
        if (!points.isEmpty()) {
          String prefix = Shading.prefix(name, points.get(0).sign());
          found.add(new LoadedServer(prefix, sign.getClassLoader(), points));
        }
      }
    }
    return found;
  }

  /** The name for people. */
  String name() {
    return points.get(0).server();
  }

  /**
   * Returns what is to be inserted, one for each class. A class that nothing has used yet is
   * loaded, but not initialised.
   *
   * @throws ClassNotFoundException if this version of the server lacks one
   */
  List<Insertion> insertions() throws ClassNotFoundException {
    List<Insertion> insertions = new ArrayList<>();
    Map<String, List<Point>> byType = points.stream().collect(Collectors.groupingBy(Point::type));
    for (Map.Entry<String, List<Point>> each : byType.entrySet()) {
      String name = Shading.type(prefix, each.getKey()).replace('/', '.');
      insertions.add(new Insertion(Class.forName(name, false, loader), prefix, each.getValue()));
    }
    return insertions;
  }

  private static boolean isOf(@Nullable ClassLoader spared, Class<?> type) {
    return spared != null && type.getClassLoader() == spared;
  }

  private static String lastName(String name, char separator) {
    return name.substring(name.lastIndexOf(separator) + 1);
  }
}
