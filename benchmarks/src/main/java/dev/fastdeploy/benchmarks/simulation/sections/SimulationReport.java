package dev.fastdeploy.benchmarks.simulation.sections;

import dev.fastdeploy.benchmarks.report.Report;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.simulation.Study;
import java.util.List;

/** Studies as a report of their own. */
public final class SimulationReport {

  private SimulationReport() {}

  /**
   * A report.
   *
   * @param studies at most one of each profile
   * @throws IllegalArgumentException if two have the same profile
   */
  public static Report of(List<Study> studies) {
    List<Section> sections =
        studies.stream().flatMap(study -> StudySections.of(study).stream()).toList();
    return new Report(
        "Bringing out a commit: a rolling update of Amazon ECS, and fastdeploy",
        "A service of thousands of containers gets a new commit. How long does it take, where does"
            + " the time go, and what would make it less?",
        sections);
  }
}
