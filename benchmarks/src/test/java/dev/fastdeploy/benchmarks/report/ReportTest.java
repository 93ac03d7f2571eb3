package dev.fastdeploy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Axis TIME = Axis.linear("Time", "s");
  private static final Axis LOGARITHMIC = Axis.logarithmic("Time", "s");

  @Test
  void listsAreCopied() {
    List<Section> sections = new ArrayList<>(List.of(Section.of("a", "A")));
    Report report = new Report("Title", "", sections);
    sections.clear();

    assertThat(report.sections()).hasSize(1);
  }

  @Test
  void idsAreLinksAndOccurOnce() {
    assertThatThrownBy(() -> Section.of("First answer", "A"))
        .hasMessage(
            "'First answer' cannot be the id of a section: use 1 to 64 lower-case letters, digits"
                + " or '-', the first a letter");
    assertThatThrownBy(() -> new Report("T", "", List.of(Section.of("gaps", "A", Reports.gaps()))))
        .hasMessage("the report has two sections or charts named 'gaps': rename one");
  }

  @Test
  void titlesAreOneLineAndNotEmpty() {
    assertThatThrownBy(() -> new Report(" ", "", List.of()))
        .hasMessage("the title of the report must not be empty");
    assertThatThrownBy(() -> Section.of("a", "A\nB"))
        .hasMessage("the title of section 'a' must be one line: 'A\nB'");
  }

  @Test
  void rowsHaveACellForEachColumn() {
    List<Column> columns = List.of(Column.words("A"), Column.figures("B", "ms"));
    assertThatThrownBy(() -> new Table("", columns, List.of(List.of(Cell.text("x")))))
        .hasMessage("row 1 of table '' has 1 cells for 2 columns");
    assertThatThrownBy(() -> new Table("", List.of(), List.of()))
        .hasMessage("the columns of a table must not be none");
  }

  @Test
  void barsBelongToGroups() {
    BarSeries series = new BarSeries("s", Map.of("proces", Spread.once(1)));
    assertThatThrownBy(() -> bars(TIME, series))
        .hasMessage(
            "series 's' of chart 'c' has bars for [proces]; the groups are [process, module]");
  }

  @Test
  void seriesHaveDifferentNames() {
    BarSeries series = new BarSeries("s", Map.of());
    assertThatThrownBy(() -> bars(TIME, series, series))
        .hasMessage("the series of chart 'c' have 's' twice");
  }

  @Test
  void aLogarithmicAxisShowsNoZero() {
    BarSeries series = new BarSeries("s", Map.of("module", new Spread(1, 0, 2, 3)));
    assertThat(bars(TIME, series).series()).containsExactly(series);
    assertThatThrownBy(() -> bars(LOGARITHMIC, series))
        .hasMessage(
            "chart 'c' shows 0.0 on the logarithmic axis 'Time': use a linear one, or leave the"
                + " figure out");
    assertThatThrownBy(() -> lines(LineChart.Shape.LINES, TIME, LOGARITHMIC, line("a", 0)))
        .hasMessageStartingWith("chart 'c' shows 0.0 on the logarithmic axis 'Time'");
  }

  @Test
  void figuresAreFinite() {
    LineSeries infinite = new LineSeries("a", List.of(new Point(0, Double.POSITIVE_INFINITY)));
    assertThatThrownBy(() -> lines(LineChart.Shape.LINES, TIME, TIME, infinite))
        .hasMessage("the figure in chart 'c' must be finite, not Infinity");
    assertThatThrownBy(() -> Cell.number(Double.NaN))
        .hasMessage("the figure of a cell must be finite, not NaN");
  }

  @Test
  void pointsGoFromLeftToRight() {
    assertThatThrownBy(() -> new LineSeries("a", List.of(new Point(2, 0), new Point(1, 0))))
        .hasMessage("series 'a' goes back from x = 2.0 to 1.0: sort its points");
  }

  @Test
  void whatIsStackedSharesItsPlaces() {
    LineSeries shorter = new LineSeries("b", List.of(new Point(0, 1)));
    assertThat(lines(LineChart.Shape.STEPS, TIME, TIME, line("a", 0), shorter).series()).hasSize(2);
    assertThatThrownBy(
            () -> lines(LineChart.Shape.STACKED_STEPS, TIME, TIME, line("a", 0), shorter))
        .hasMessage(
            "chart 'c' stacks 'b' on 'a', and their points are at different x: give both the same");
    assertThatThrownBy(() -> lines(LineChart.Shape.STACKED_STEPS, TIME, LOGARITHMIC, line("a", 1)))
        .hasMessage("chart 'c' stacks on a logarithmic axis: use a linear one");
  }

  private static BarChart bars(Axis values, BarSeries... series) {
    return new BarChart(
        "c", "C", "Strategy", List.of("process", "module"), values, List.of(series));
  }

  private static LineChart lines(LineChart.Shape shape, Axis x, Axis y, LineSeries... series) {
    return new LineChart("c", "C", shape, x, y, List.of(series));
  }

  private static LineSeries line(String name, double y) {
    return new LineSeries(name, List.of(new Point(0, y), new Point(1, y + 1)));
  }
}
