package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Handlers of protocols and of content types, which the JDK remembers by name for everyone. */
final class UrlHandlers implements Step {

  private final JdkInternals jdk;

  UrlHandlers(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "URL handlers";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Reach reach = new Reach(jdk, old);
    for (String owner : List.of("java.net.URL", "java.net.URLConnection")) {
      if (jdk.initialised(owner)
          && jdk.readStatic(owner, "handlers") instanceof Map<?, ?> handlers) {
        for (Map.Entry<?, ?> each : new ArrayList<>(handlers.entrySet())) {
          if (reach.leadsToOld(each.getValue())) {
            Object name = each.getKey();
            found.add(new Leftover("URL handler of " + name, () -> handlers.remove(name)));
          }
        }
      }
    }
    return found;
  }
}
