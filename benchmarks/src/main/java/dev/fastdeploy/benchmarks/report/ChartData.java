package dev.fastdeploy.benchmarks.report;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.comp.ArrayComposer;
import com.fasterxml.jackson.jr.ob.comp.ObjectComposer;
import java.io.IOException;

/** A chart as JSON, for {@code report.js}. */
final class ChartData {

  private ChartData() {}

  /** The JSON of a chart. It contains no {@code <}, and so nothing that could end a script. */
  static String json(Chart chart) {
    try {
      String json = chart instanceof BarChart bars ? bars(bars) : lines((LineChart) chart);
      return json.replace("<", "\\u003c");
    } catch (IOException e) {
      throw new IllegalStateException("writing JSON to memory failed", e);
    }
  }

  private static String bars(BarChart chart) throws IOException {
    var json = JSON.std.composeString();
    var object = json.startObject().put("kind", "bars").put("groupTitle", chart.groupTitle());
    axis(object.startObjectField("values"), chart.values());
    var groups = object.startArrayField("groups");
    for (String group : chart.groups()) {
      groups.add(group);
    }
    groups.end();
    var series = object.startArrayField("series");
    for (BarSeries one : chart.series()) {
      bars(series.startObject().put("name", one.name()), chart, one);
    }
    series.end();
    object.end();
    return json.finish();
  }

  private static void bars(ObjectComposer<?> object, BarChart chart, BarSeries series)
      throws IOException {
    var bars = object.startArrayField("bars");
    for (String group : chart.groups()) {
      Spread bar = series.bars().get(group);
      if (bar == null) {
        bars.addNull();
      } else {
        bar(bars.startObject(), bar);
      }
    }
    bars.end();
    object.end();
  }

  private static void bar(ObjectComposer<?> object, Spread bar) throws IOException {
    object
        .put("median", bar.median())
        .put("min", bar.min())
        .put("max", bar.max())
        .put("middle", bar.middle())
        .put("range", bar.range())
        .end();
  }

  private static String lines(LineChart chart) throws IOException {
    LineChart.Shape shape = chart.shape();
    var json = JSON.std.composeString();
    var object = json.startObject().put("kind", "lines");
    object.put("stacked", shape.stacked());
    object.put("stepped", shape == LineChart.Shape.STEPS || shape == LineChart.Shape.STACKED_STEPS);
    axis(object.startObjectField("x"), chart.x());
    axis(object.startObjectField("y"), chart.y());
    var series = object.startArrayField("series");
    for (LineSeries one : chart.series()) {
      var points = series.startObject().put("name", one.name()).startArrayField("points");
      for (Point point : one.points()) {
        point(points.startArray(), point);
      }
      points.end().end();
    }
    series.end();
    object.end();
    return json.finish();
  }

  private static void point(ArrayComposer<?> pair, Point point) throws IOException {
    pair.add(point.x()).add(point.y()).end();
  }

  private static void axis(ObjectComposer<?> object, Axis axis) throws IOException {
    object
        .put("label", axis.label())
        .put("unit", axis.unit())
        .put("logarithmic", axis.scale() == Axis.Scale.LOGARITHMIC)
        .end();
  }
}
