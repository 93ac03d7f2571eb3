package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Caches of {@code java.beans} with soft references, which may hold for hours what is never asked
 * for again. They are emptied, and what is needed is computed again.
 */
final class BeanCaches implements Step {

  private static final List<String> OWNERS =
      List.of(
          "com.sun.beans.introspect.ClassInfo",
          "com.sun.beans.TypeResolver",
          "com.sun.beans.finder.MethodFinder",
          "com.sun.beans.finder.ConstructorFinder");

  private final JdkInternals jdk;

  BeanCaches(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "the caches of java.beans";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Reach reach = new Reach(jdk, old);
    for (String owner : OWNERS) {
      if (jdk.initialised(owner)) {
        Object cache = jdk.readStatic(owner, "CACHE");
        if (cache != null && reach.leadsToOld(cache)) {
          found.add(
              new Leftover(
                  "cache of " + owner, () -> jdk.call(kind(cache), cache, "clear", List.of())));
        }
      }
    }
    return found;
  }

  private static String kind(Object cache) {
    String name = cache.getClass().getName();
    return name.equals("com.sun.beans.WeakCache") ? name : "com.sun.beans.util.Cache";
  }
}
