package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.contract.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a class file says about a class or a member besides code, each by a name that a person
 * understands. For one thread.
 */
final class Traits {

  private static final int SHOWN = 100;

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Adds one; what is said twice under a name is kept twice, in its order. */
  void add(String name, String value) {
    String key = name;
    for (int count = 2; values.putIfAbsent(key, value) != null; count++) {
      key = name + " (" + count + ")";
    }
  }

  /** Adds a name that says all. */
  void add(String name) {
    add(name, "");
  }

  /** The first that is not the same in the newer one. */
  Optional<String> firstDifference(Traits newer) {
    for (Map.Entry<String, String> old : values.entrySet()) {
      String value = newer.values.get(old.getKey());
      if (value == null) {
        return Optional.of(old.getKey() + " was removed");
      }
      if (!value.equals(old.getValue())) {
        return Optional.of(old.getKey() + " changed" + fromTo(old.getValue(), value));
      }
    }
    return newer.values.keySet().stream()
        .filter(name -> !values.containsKey(name))
        .findFirst()
        .map(name -> name + " was added");
  }

  /** The words after "changed". */
  static String fromTo(String old, String newer) {
    return " from " + shown(old) + " to " + shown(newer);
  }

  private static String shown(String value) {
    return value.isEmpty() ? "none" : Text.shortened(value, SHOWN);
  }
}
