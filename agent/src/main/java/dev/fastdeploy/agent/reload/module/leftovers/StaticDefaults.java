package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Defaults that an application sets for the whole JVM with a static setter, such as its own TLS
 * context or proxy selector. If there was another value before, {@link JvmState} restores it.
 */
final class StaticDefaults implements Step {

  private final JdkInternals jdk;

  StaticDefaults(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "defaults";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Reach reach = new Reach(jdk, old);
    for (StaticDefault each : StaticDefault.ALL) {
      Object value = each.value(jdk).orElse(null);
      if (reach.leadsToOld(value)) {
        found.add(new Leftover(each.toString(), () -> each.reset(jdk)));
      }
    }
    return found;
  }
}
