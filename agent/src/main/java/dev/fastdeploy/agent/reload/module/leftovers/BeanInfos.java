package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The application's beans that {@code Introspector} remembers, for each thread group. */
final class BeanInfos implements Step {

  static final String CONTEXT = "java.beans.ThreadGroupContext";

  private static final String MAP = "java.beans.WeakIdentityMap";
  private static final String ENTRY = MAP + "$Entry";

  private final JdkInternals jdk;

  BeanInfos(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "the introspector's bean infos";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Reach reach = new Reach(jdk, old);
    for (Object context : contexts()) {
      if (jdk.read(CONTEXT, context, "beanInfoCache") instanceof Map<?, ?> infos) {
        for (Map.Entry<Object, Object> each : copy(context, infos)) {
          Object type = each.getKey();
          if (old.owns(type) || reach.leadsToOld(each.getValue())) {
            found.add(
                new Leftover(
                    "bean info of " + type,
                    () ->
                        jdk.call(CONTEXT, context, "removeBeanInfo", List.of(Class.class), type)));
          }
        }
      }
    }
    return found;
  }

  private static List<Map.Entry<Object, Object>> copy(Object lock, Map<?, ?> infos) {
    List<Map.Entry<Object, Object>> copy = new ArrayList<>();
    synchronized (lock) {
      infos.forEach((type, info) -> copy.add(Map.entry(type, info)));
    }
    return copy;
  }

  /** Returns the contexts that java.beans keeps for each thread group. */
  List<Object> contexts() throws InaccessibleException {
    List<Object> contexts = new ArrayList<>();
    if (!jdk.initialised(CONTEXT)) {
      return contexts;
    }
    Object all = jdk.readStatic(CONTEXT, "contexts");
    if (all != null && jdk.read(MAP, all, "table") instanceof Object[] table) {
      for (Object slot : table) {
        for (Object each = slot; each != null; each = jdk.read(ENTRY, each, "next")) {
          contexts.add(jdk.readPresent(ENTRY, each, "value"));
        }
      }
    }
    return contexts;
  }
}
