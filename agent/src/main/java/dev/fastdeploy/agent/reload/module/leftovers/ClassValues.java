package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Values that a {@code ClassValue} of the application computed for classes that survive it, such as
 * {@code String}. Such a value lives as long as the class, and holds the variable that it belongs
 * to.
 */
final class ClassValues implements Step {

  private static final String ENTRY = "java.lang.ClassValue$Entry";

  private final JdkInternals jdk;

  ClassValues(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "class values";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Reach reach = new Reach(jdk, old);
    for (Class<?> type : jdk.instrumentation().getAllLoadedClasses()) {
      if (old.ownsClass(type)
          || !(jdk.read("java.lang.Class", type, "classValueMap") instanceof Map<?, ?> values)) {
        continue;
      }
      for (Object entry : entries(values)) {
        if (reach.leadsToOld(jdk.read(ENTRY, entry, "value"))
            && jdk.call(ENTRY, entry, "classValueOrNull", List.of())
                instanceof ClassValue<?> variable) {
          found.add(new Leftover("class value of " + type.getName(), () -> variable.remove(type)));
        }
      }
    }
    return found;
  }

  private static List<Object> entries(Map<?, ?> values) {
    synchronized (values) {
      List<Object> entries = new ArrayList<>(values.values());
      entries.removeIf(each -> each == null || !each.getClass().getName().equals(ENTRY));
      return entries;
    }
  }
}
