package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Defaults that were already set, for example by another agent. If an application set one to an
 * object of only the JDK's classes, it stays: nobody can tell if the JDK itself has set it since.
 */
final class SavedDefaults implements Saved {

  private final JdkInternals jdk;
  private final IdentityHashMap<StaticDefault, Object> values = new IdentityHashMap<>();

  SavedDefaults(JdkInternals jdk) throws InaccessibleException {
    this.jdk = jdk;
    for (StaticDefault each : StaticDefault.ALL) {
      Object value = each.value(jdk).orElse(null);
      if (value != null) {
        values.put(each, value);
      }
    }
  }

  @Override
  public String about() {
    return "defaults";
  }

  @Override
  public void restore(OldGeneration old) throws InaccessibleException {
    for (Map.Entry<StaticDefault, Object> each : values.entrySet()) {
      if (each.getKey().value(jdk).orElse(null) != each.getValue()) {
        each.getKey().set(jdk, each.getValue());
      }
    }
  }
}
