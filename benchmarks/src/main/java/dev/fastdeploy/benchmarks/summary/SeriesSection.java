package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Axis;
import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.LineChart;
import dev.fastdeploy.benchmarks.report.LineSeries;
import dev.fastdeploy.benchmarks.report.Point;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.List;

/** The effects of many reloads of one service. */
final class SeriesSection {

  private static final Prose WHAT =
      Prose.of(
          "One service is reloaded again and again between two commits that differ in a method's"
              + " body, with some requests in between. Row 0 is the service before its first"
              + " reload.");

  private static final List<Figure> LOOKS =
      List.of(Figure.MEMORY, Figure.METASPACE, Figure.LOADERS, Figure.OLD_LOADERS);

  private SeriesSection() {}

  static Section of(Measured measured) {
    List<Block> blocks = new ArrayList<>();
    for (ServiceKind service : measured.services(BenchmarkName.SERIES)) {
      if (blocks.isEmpty()) {
        blocks.add(WHAT);
      }
      blocks.add(table(measured, service));
      chart(measured, service, "times", Figure.FIRST_ANSWER, "Time of each reload")
          .forEach(blocks::add);
    }
    List<String> ends = new ArrayList<>();
    for (ServiceKind service : measured.services(BenchmarkName.SERIES)) {
      for (Way way : measured.ways(BenchmarkName.SERIES, service)) {
        ends.addAll(ends(measured, service, way));
      }
    }
    if (!ends.isEmpty()) {
      blocks.add(new Prose(ends));
    }
    return new Section("series", "After many reloads", blocks);
  }

  private static Table table(Measured measured, ServiceKind service) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Way way : measured.ways(BenchmarkName.SERIES, service)) {
      for (Sample sample : measured.series(way, service).samples()) {
        if (looked(sample)) {
          rows.add(row(way, sample, measured.series(way, service)));
        }
      }
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("strategy"));
    columns.add(Column.figures("reloads", ""));
    columns.add(Column.figures("first answer", "ms"));
    columns.add(Column.figures("median so far", "ms"));
    LOOKS.forEach(figure -> columns.add(Column.figures(figure.title(), figure.unit())));
    return new Table("Series on " + service.label(), columns, rows);
  }

  private static boolean looked(Sample sample) {
    return sample.figure(Figure.MEMORY).isPresent()
        || sample.figure(Figure.MEMORY_BEFORE).isPresent();
  }

  private static List<Cell> row(Way way, Sample sample, Selection series) {
    boolean before = sample.number() == 0;
    List<Cell> row = new ArrayList<>();
    row.add(Cell.text(way.label()));
    row.add(Cell.number(sample.number()));
    row.add(before ? Cell.text("") : cell(sample, Figure.FIRST_ANSWER));
    row.add(before ? Cell.text("") : soFar(series, sample.number()));
    row.add(cell(sample, before ? Figure.MEMORY_BEFORE : Figure.MEMORY));
    row.add(cell(sample, before ? Figure.METASPACE_BEFORE : Figure.METASPACE));
    row.add(cell(sample, before ? Figure.LOADERS_BEFORE : Figure.LOADERS));
    row.add(before ? Cell.text("") : cell(sample, Figure.OLD_LOADERS));
    return row;
  }

  private static Cell soFar(Selection series, int number) {
    return new Selection(
            series.samples().stream().filter(sample -> sample.number() <= number).toList())
        .cell(Figure.FIRST_ANSWER);
  }

  private static Cell cell(Sample sample, Figure figure) {
    return sample.figure(figure).isPresent()
        ? Cell.number(sample.figure(figure).getAsDouble())
        : Cell.notApplicable("not measured");
  }

  private static List<Block> chart(
      Measured measured, ServiceKind service, String name, Figure figure, String title) {
    List<LineSeries> lines = new ArrayList<>();
    for (Way way : measured.ways(BenchmarkName.SERIES, service)) {
      List<Point> points =
          measured.series(way, service).samples().stream()
              .filter(sample -> sample.figure(figure).orElse(0) > 0)
              .map(sample -> new Point(sample.number(), sample.figure(figure).getAsDouble()))
              .toList();
      if (!points.isEmpty()) {
        lines.add(new LineSeries(way.label(), points));
      }
    }
    return lines.isEmpty()
        ? List.of()
        : List.of(
            new LineChart(
                "series-" + service.label() + "-" + name,
                title + ", " + service.label(),
                LineChart.Shape.LINES,
                Axis.linear("reload", ""),
                Axis.logarithmic(figure.title(), figure.unit()),
                lines));
  }

  /** Returns where a way stopped working, or where another one took its place. */
  private static List<String> ends(Measured measured, ServiceKind service, Way way) {
    List<String> ends = new ArrayList<>();
    String lastNote = "";
    for (Sample sample : measured.series(way, service).samples()) {
      String where =
          Words.code(way.label())
              + " on "
              + Words.code(service.label())
              + ", reload "
              + sample.number()
              + ": ";
      if (!sample.succeeded()) {
        ends.add(
            where
                + (sample.refusal().isEmpty()
                    ? "failed: " + sample.failure()
                    : "refused: " + sample.refusal()));
      } else if (!sample.note().isEmpty() && !sample.note().equals(lastNote)) {
        ends.add(where + sample.note());
      }
      lastNote = sample.note();
    }
    return ends;
  }
}
