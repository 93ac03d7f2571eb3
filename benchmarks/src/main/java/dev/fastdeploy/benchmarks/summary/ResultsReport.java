package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Report;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.sample.Results;
import java.util.ArrayList;
import java.util.List;

/** The report of a run. */
public final class ResultsReport {

  private static final String INTRO =
      "Restart or hot reload: the cost of each way to get new code into a running JVM service, for"
          + " a small service and for a Spring Boot service. Figures are medians, with the"
          + " smallest, the largest and the number of measurements in brackets.";

  private ResultsReport() {}

  /** Makes the report, without sections for what was not measured. */
  public static Report of(Results results) {
    Measured measured = new Measured(results);
    List<Section> sections = new ArrayList<>();
    add(sections, Findings.section(measured));
    add(sections, OverviewSection.of(measured));
    add(sections, FirstAnswerSection.of(measured));
    add(sections, LoadSection.of(measured));
    add(sections, HeldSection.of(measured));
    add(sections, SlowClientsSection.of(measured));
    add(sections, CostSection.of(measured));
    add(sections, SeriesSection.of(measured));
    add(sections, KindsSection.of(measured));
    add(sections, StagingSection.of(measured));
    add(sections, InstanceSection.of(measured));
    add(sections, SupervisorSection.of(measured));
    add(sections, FleetSection.of(measured));
    add(sections, TroubleSection.of(measured));
    sections.add(MethodSection.of(measured));
    sections.add(results.machine().section());
    return new Report("Reload strategies, measured against each other", INTRO, sections);
  }

  private static void add(List<Section> sections, Section section) {
    if (!section.blocks().isEmpty()) {
      sections.add(section);
    }
  }
}
