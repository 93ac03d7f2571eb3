package dev.fastdeploy.launcher.supervisor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A unit of systemd.
 *
 * @param values what stands at each {@code SECTION.KEY}, in order
 */
record UnitFile(Map<String, List<String>> values) {

  /**
   * Reads it.
   *
   * @throws IOException if a line is neither a section nor a setting
   */
  static UnitFile parse(String text) throws IOException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String section = "";
    for (String line : text.replaceAll("\\\\\n\\s*", "").split("\n", -1)) {
      if (line.matches("\\[[A-Z][A-Za-z]*]")) {
        section = line.substring(1, line.length() - 1);
      } else if (line.matches("[A-Z][A-Za-z]*=.*") && !section.isEmpty()) {
        String[] keyAndValue = line.split("=", 2);
        values
            .computeIfAbsent(section + "." + keyAndValue[0], unseen -> new ArrayList<>())
            .add(keyAndValue[1]);
      } else if (!line.isBlank()) {
        throw new IOException("'" + line + "' is neither a section nor a setting");
      }
    }
    return new UnitFile(values);
  }

  /** The one value of a service's setting. */
  String service(String key) {
    return all(key).get(0);
  }

  /** The variables of the service. */
  Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String assignment : all("Environment")) {
      String[] nameAndValue = assignment.split("=", 2);
      variables.put(nameAndValue[0], nameAndValue[1]);
    }
    return variables;
  }

  private List<String> all(String key) {
    List<String> found = values.get("Service." + key);
    if (found == null) {
      throw new AssertionError("the unit has no " + key);
    }
    return found;
  }
}
