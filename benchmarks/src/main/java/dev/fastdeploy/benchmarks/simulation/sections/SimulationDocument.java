package dev.fastdeploy.benchmarks.simulation.sections;

import dev.fastdeploy.benchmarks.report.MarkdownReport;
import dev.fastdeploy.benchmarks.report.Report;
import dev.fastdeploy.benchmarks.simulation.Profile;
import dev.fastdeploy.benchmarks.simulation.Scenario;
import dev.fastdeploy.benchmarks.simulation.Study;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The part of {@code docs/simulation.md} that is generated: the results of both profiles. */
public final class SimulationDocument {

  private static final String BEGIN = "<!-- results: begin -->\n";
  private static final String END = "<!-- results: end -->\n";

  private SimulationDocument() {}

  /**
   * A document with the results of a run put between its two markers.
   *
   * @throws IllegalArgumentException if a marker is missing
   */
  public static String withResults(String document) {
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
    return document.substring(0, begin + BEGIN.length())
        + "\n"
        + results()
        + "\n"
        + document.substring(end);
  }

  private static String results() {
    List<Study> studies = Arrays.stream(Profile.values()).map(SimulationDocument::study).toList();
    Report report = SimulationReport.of(studies);
    String text = MarkdownReport.text(report);
    return text.substring(text.indexOf("\n## ") + 1).replaceAll("(?m)^## ", "### ");
  }

  private static Study study(Profile profile) {
    return Study.of(
        new Scenario(profile, Profile.ORIGINAL_TASKS, RestartTimes.PRELIMINARY, Set.of(), 1));
  }
}
