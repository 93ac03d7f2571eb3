package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Registers time zones of its own. A zone that is registered already is refused. */
public final class ZoneRulesApp implements Runnable {

  @Override
  public void run() {
    ZoneRulesProvider.registerProvider(new Own());
    System.setProperty("lab.zone", ZoneRulesProvider.getRules("Lab/Own", false).toString());
  }

  private static final class Own extends ZoneRulesProvider {
    @Override
    protected Set<String> provideZoneIds() {
      return Set.of("Lab/Own");
    }

    @Override
    protected ZoneRules provideRules(String zoneId, boolean forCaching) {
      return ZoneRules.of(ZoneOffset.ofHours(1));
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String zoneId) {
      return new TreeMap<>();
    }
  }
}
