package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.contract.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The facts that a class file states about a class or a member besides its code, each under a name
 * that a person understands. For one thread.
 */
final class Traits {

  private static final int SHOWN = 100;

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Adds a fact. A second one of the same name is kept too, in order. */
  void add(String name, String value) {
    String key = name;
    for (int count = 2; values.putIfAbsent(key, value) != null; count++) {
      key = name + " (" + count + ")";
    }
  }

  /** Adds a fact that the name states in full. */
  void add(String name) {
    add(name, "");
  }

  /** Returns the first difference from the newer one, or empty if there is none. */
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

  /** Returns the words after "changed". */
  static String fromTo(String old, String newer) {
    return " from " + shown(old) + " to " + shown(newer);
  }

  private static String shown(String value) {
    return value.isEmpty() ? "none" : Text.shortened(value, SHOWN);
  }
}
