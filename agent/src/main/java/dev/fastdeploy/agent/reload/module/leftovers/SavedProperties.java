package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** System properties. They are restored one by one, because other threads read them meanwhile. */
final class SavedProperties implements Saved {

  private static final String OWN = "fastdeploy.";

  private final Properties properties = System.getProperties();
  private final Map<Object, Object> entries = new HashMap<>(properties);

  @Override
  public String about() {
    return "system properties";
  }

  @Override
  public void restore(OldGeneration old) {
    System.setProperties(properties);
    for (Object key : new ArrayList<>(properties.keySet())) {
      if (!entries.containsKey(key) && !isOwn(key)) {
        properties.remove(key);
      }
    }
    entries.forEach(
        (key, value) -> {
          if (!isOwn(key) && !Objects.equals(properties.get(key), value)) {
            properties.put(key, value);
          }
        });
  }

  private static boolean isOwn(Object key) {
    return key instanceof String name && name.startsWith(OWN);
  }
}
