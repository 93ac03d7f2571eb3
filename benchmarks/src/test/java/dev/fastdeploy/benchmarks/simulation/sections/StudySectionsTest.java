package dev.fastdeploy.benchmarks.simulation.sections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.report.HtmlReport;
import dev.fastdeploy.benchmarks.report.LineChart;
import dev.fastdeploy.benchmarks.report.LineSeries;
import dev.fastdeploy.benchmarks.report.MarkdownReport;
import dev.fastdeploy.benchmarks.report.Point;
import dev.fastdeploy.benchmarks.report.Report;
import dev.fastdeploy.benchmarks.simulation.Profile;
import dev.fastdeploy.benchmarks.simulation.Scenario;
import dev.fastdeploy.benchmarks.simulation.Study;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudySectionsTest {

  private static final int TASKS = 400;
  private static final Report REPORT =
      SimulationReport.of(List.of(study(Profile.ORIGINAL), study(Profile.TODAY)));

  @TempDir Path folder;

  @Test
  void theChartsBeginWithTheOldCommitAndEndWithTheNew() {
    assertThat(REPORT.charts()).hasSize(4).allSatisfy(chart -> mustBeACourse((LineChart) chart));
  }

  private static void mustBeACourse(LineChart chart) {
    assertThat(chart.series())
        .extracting(LineSeries::name)
        .containsExactly(
            "new commit, running",
            "new commit, starting",
            "old commit, draining",
            "old commit, running");
    assertThat(chart.series())
        .extracting(StudySectionsTest::last)
        .containsExactly(400.0, 0.0, 0.0, 0.0);
    assertThat(chart.series().get(3).points().get(0)).isEqualTo(new Point(0, TASKS));
    assertThat(chart.series().get(2).points()).as("a tail").anyMatch(point -> point.y() > 0);
  }

  private static double last(LineSeries series) {
    return series.points().get(series.points().size() - 1).y();
  }

  @Test
  void everyOutputSaysThatTheRestartTimesWereNotMeasured() throws IOException {
    Path html = folder.resolve("report.html");
    HtmlReport.write(REPORT, html);

    assertThat(MarkdownReport.text(REPORT)).contains("are not measured by this suite (");
    assertThat(Files.readString(html)).contains("are not measured by this suite (");
  }

  @Test
  void whatIsSwitchedOffIsTold() {
    Study study =
        Study.of(
            new Scenario(
                Profile.TODAY,
                TASKS,
                RestartTimes.PRELIMINARY,
                Set.of(Term.STOP, Term.API_RATE),
                1));

    assertThat(MarkdownReport.text(SimulationReport.of(List.of(study))))
        .contains("Seed 1; switched off: api-rate, stop.");
  }

  @Test
  void timesAreWrittenToTheSecond() {
    assertThat(Times.text(Duration.ofMillis(59_499))).isEqualTo("59 s");
    assertThat(Times.text(Duration.ofMillis(59_500))).isEqualTo("1 min 0 s");
    assertThat(Times.text(Duration.ofMinutes(83))).isEqualTo("1 h 23 min");
    assertThat(Times.difference(Duration.ofSeconds(90), Duration.ofSeconds(30)))
        .isEqualTo("−1 min 0 s");
    assertThat(Times.difference(Duration.ofSeconds(30), Duration.ofSeconds(90)))
        .isEqualTo("+1 min 0 s");
    assertThat(Times.difference(Duration.ofSeconds(30), Duration.ofMillis(29_900)))
        .isEqualTo("0 s");
  }

  private static Study study(Profile profile) {
    return Study.of(new Scenario(profile, TASKS, RestartTimes.PRELIMINARY, Set.of(), 1));
  }
}
