package dev.fastdeploy.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command's report of a deploy to the fleet, with the events listed in docs/fleet.md.
 *
 * @param id the deploy's id; empty if it was not begun
 * @param asked the instances that were asked to run its commit, in order
 * @param results the results of these, one line each, in order
 * @param ending how it ended, such as {@code done}
 * @param reason why it ended otherwise
 */
record ToldDeploy(
    String id, List<String> asked, List<String> results, String ending, String reason) {

  ToldDeploy {
    asked = List.copyOf(asked);
    results = List.copyOf(results);
  }

  /**
   * Reads a report.
   *
   * @throws IOException if a line is not a JSON object
   */
  static ToldDeploy read(List<String> lines) throws IOException {
    String id = "";
    String commit = "";
    String ending = "";
    String reason = "";
    List<String> asked = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (Map<String, Object> event : JsonLines.read(lines)) {
      String member = JsonLines.text(event, "member");
      switch (JsonLines.text(event, "event")) {
        case "begun" -> {
          id = JsonLines.text(event, "deploy");
          commit = JsonLines.text(event, "commit");
        }
        case "asked" -> {
          if (JsonLines.text(event, "commit").equals(commit) && !asked.contains(member)) {
            asked.add(member);
          }
        }
        case "proven" ->
            results.add(member + " runs " + JsonLines.text(event, "commit") + ", proven");
        case "failed" -> results.add(member + " failed: " + JsonLines.text(event, "reason"));
        case "ended" -> {
          ending = JsonLines.text(event, "ending");
          reason = JsonLines.text(event, "reason");
        }
        default -> {
          // The rest is for people who watch.
        }
      }
    }
    return new ToldDeploy(id, asked, results, ending, reason);
  }
}
