package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a lab printed, {@code key=value} a line. */
final class Facts {

  private Facts() {}

  static Map<String, String> of(List<String> lines) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String line : lines) {
      int separator = line.indexOf('=');
      facts.put(line.substring(0, separator), line.substring(separator + 1));
    }
    return facts;
  }
}
