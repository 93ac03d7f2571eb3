package dev.fastdeploy.benchmarks.simulation.sections;

import dev.fastdeploy.benchmarks.report.MarkdownReport;
import dev.fastdeploy.benchmarks.report.Report;
import dev.fastdeploy.benchmarks.simulation.Profile;
import dev.fastdeploy.benchmarks.simulation.Scenario;
import dev.fastdeploy.benchmarks.simulation.Study;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** The part of {@code docs/simulation.md} that is generated: the results of both profiles. */
public final class SimulationDocument {

  private static final String BEGIN = "<!-- results: begin -->\n";
  private static final String END = "<!-- results: end -->\n";

  private SimulationDocument() {}

  /**
   * Returns the report on both profiles, at the original's size.
   *
   * @param times how long an instance takes
   */
  public static Report report(RestartTimes times) {
    return SimulationReport.of(
        Arrays.stream(Profile.values()).map(profile -> study(profile, times)).toList());
  }

  /**
   * A document with results put between its two markers.
   *
   * @param pictures links by chart
   * @throws IllegalArgumentException if a marker is missing
   */
  public static String withResults(String document, Report report, Map<String, String> pictures) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "the document has no place for the results; put the lines '"
              + BEGIN.strip()
              + "' and '"
              + END.strip()
              + "' where they belong");
    }
    String text = MarkdownReport.text(report, pictures);
    return document.substring(0, begin + BEGIN.length())
        + "\n"
        + text.substring(text.indexOf("\n## ") + 1).replaceAll("(?m)^## ", "### ")
        + "\n"
        + document.substring(end);
  }

  private static Study study(Profile profile, RestartTimes times) {
    return Study.of(new Scenario(profile, Profile.ORIGINAL_TASKS, times, Set.of(), 1));
  }
}
