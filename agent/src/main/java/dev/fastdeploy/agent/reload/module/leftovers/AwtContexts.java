package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table in which the desktop's classes keep shared objects, such as the registries of image
 * readers and print services. Each is filled once, by the context class loader of whoever comes
 * first.
 */
final class AwtContexts implements Step {

  private static final String CONTEXT = "sun.awt.AppContext";
  private static final String LOADER = "contextClassLoader";

  private final JdkInternals jdk;

  AwtContexts(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "the registries of java.desktop";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Reach reach = new Reach(jdk, old);
    for (Object context : contexts(jdk)) {
      for (Map.Entry<Object, Object> each : table(context)) {
        Object key = each.getKey();
        if (reach.leadsToOld(key) || reach.leadsToOld(each.getValue())) {
          found.add(new Leftover("registry " + key, () -> remove(jdk, context, key)));
        }
      }
      if (old.owns(jdk.read(CONTEXT, context, LOADER))) {
        found.add(
            new Leftover(
                "the class loader of java.desktop",
                () -> jdk.write(CONTEXT, context, LOADER, ClassLoader.getSystemClassLoader())));
      }
    }
    return found;
  }

  private List<Map.Entry<Object, Object>> table(Object context) throws InaccessibleException {
    List<Map.Entry<Object, Object>> entries = new ArrayList<>();
    if (jdk.read(CONTEXT, context, "table") instanceof Map<?, ?> table) {
      synchronized (table) {
        table.forEach((key, value) -> entries.add(Map.entry(key, value)));
      }
    }
    return entries;
  }

  /** Returns all contexts; none if no class of the desktop has asked for one. */
  static List<Object> contexts(JdkInternals jdk) throws InaccessibleException {
    return jdk.initialised(CONTEXT)
            && jdk.call(CONTEXT, null, "getAppContexts", List.of()) instanceof Set<?> contexts
        ? List.copyOf(contexts)
        : List.of();
  }

  /** Removes an entry. The next to ask creates it anew. */
  static void remove(JdkInternals jdk, Object context, Object key) throws InaccessibleException {
    jdk.call(CONTEXT, context, "remove", List.of(Object.class), key);
  }
}
