package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Defaults that were set already, by another agent say. What an application set of the JDK's own
 * classes alone stays: nobody can tell whether the JDK itself has set it since.
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
