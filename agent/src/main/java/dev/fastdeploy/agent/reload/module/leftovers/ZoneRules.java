package dev.fastdeploy.agent.reload.module.leftovers;

import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Providers of time zones. They cannot be withdrawn, and their zones cannot be provided twice. */
final class ZoneRules implements Step {

  private static final String OWNER = "java.time.zone.ZoneRulesProvider";
  private static final String IDS = "ZONE_IDS";

  private final JdkInternals jdk;

  ZoneRules(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "time zones";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (jdk.initialised(OWNER)
        && jdk.readStatic(OWNER, "PROVIDERS") instanceof List<?> providers
        && jdk.readStatic(OWNER, "ZONES") instanceof Map<?, ?> zones) {
      for (Object provider : providers) {
        if (old.owns(provider)) {
          found.add(
              new Leftover(
                  "time zones of " + provider.getClass().getName(),
                  () -> remove(provider, providers, zones)));
        }
      }
    }
    return found;
  }

  /** Removes a provider under the lock of the JDK's own registration. */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral")
  private void remove(Object provider, List<?> providers, Map<?, ?> zones)
      throws InaccessibleException {
    synchronized (ZoneRulesProvider.class) {
      providers.remove(provider);
      zones.values().removeIf(each -> each == provider);
      if (jdk.readStatic(OWNER, IDS) instanceof Set<?> ids) {
        Set<Object> left = new HashSet<>(ids);
        left.retainAll(zones.keySet());
        jdk.write(OWNER, null, IDS, Set.copyOf(left));
      }
    }
  }
}
