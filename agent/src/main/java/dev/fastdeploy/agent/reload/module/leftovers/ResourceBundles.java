package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cache of {@code ResourceBundle}: the application's bundles, and those that it asked for. */
final class ResourceBundles implements Step {

  private static final String BUNDLE = "java.util.ResourceBundle";
  private static final String KEY = BUNDLE + "$CacheKey";

  private final JdkInternals jdk;

  ResourceBundles(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "resource bundles";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (!jdk.initialised(BUNDLE)
        || !(jdk.readStatic(BUNDLE, "cacheList") instanceof Map<?, ?> cache)) {
      return found;
    }
    Reach reach = new Reach(jdk, old);
    for (Map.Entry<?, ?> each : cache.entrySet()) {
      Object key = each.getKey();
      if (isOld(old, key, "getModule")
          || isOld(old, key, "getCallerModule")
          || reach.leadsToOld(key)
          || (each.getValue() instanceof Reference<?> bundle && old.owns(bundle.get()))) {
        found.add(
            new Leftover("resource bundle " + jdk.read(KEY, key, "name"), () -> cache.remove(key)));
      }
    }
    return found;
  }

  private boolean isOld(OldGeneration old, Object key, String getter) throws InaccessibleException {
    return jdk.call(KEY, key, getter, List.of()) instanceof Module module
        && old.ownsLoader(module.getClassLoader());
  }
}
