package dev.fastdeploy.launcher.supervisor;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Containerfile makes of the launcher.
 *
 * @param environment the variables that it sets
 * @param words its entrypoint and its command
 */
record Containerfile(Map<String, String> environment, List<String> words) {

  static Containerfile parse(String text) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    for (String line : text.replaceAll("\\\\\n\\s*", "").split("\n", -1)) {
      if (line.startsWith("ENV ")) {
        for (String variable : line.substring(4).split(" ", -1)) {
          String[] nameAndValue = variable.split("=", 2);
          environment.put(nameAndValue[0], nameAndValue[1]);
        }
      } else if (line.startsWith("ENTRYPOINT ") || line.startsWith("CMD ")) {
        words.addAll(JSON.std.listOfFrom(String.class, line.substring(line.indexOf(' '))));
      }
    }
    return new Containerfile(environment, words);
  }
}
