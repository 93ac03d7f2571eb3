package dev.fastdeploy.benchmarks.simulation.sections;

import dev.fastdeploy.benchmarks.report.Axis;
import dev.fastdeploy.benchmarks.report.LineChart;
import dev.fastdeploy.benchmarks.report.LineSeries;
import dev.fastdeploy.benchmarks.report.Point;
import dev.fastdeploy.benchmarks.simulation.rollout.Counts;
import dev.fastdeploy.benchmarks.simulation.rollout.Moment;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Instances by commit over time. */
final class CourseChart {

  private static final int POINTS = 240;
  private static final double MINUTE = 60_000;

  private CourseChart() {}

  static LineChart of(String id, String title, Rollout rollout) {
    List<Moment> moments = thinned(rollout);
    return new LineChart(
        id,
        title,
        LineChart.Shape.STACKED_STEPS,
        Axis.linear("time since the deploy began", "min"),
        Axis.linear("instances", ""),
        List.of(
            series("new commit, running", moments, Counts::newRunning),
            series("new commit, starting", moments, Counts::newStarting),
            series("old commit, draining", moments, Counts::oldDraining),
            series("old commit, running", moments, Counts::oldRunning)));
  }

  private static LineSeries series(String name, List<Moment> moments, ToIntFunction<Counts> count) {
    return new LineSeries(
        name,
        moments.stream()
            .map(one -> new Point(one.millis() / MINUTE, count.applyAsInt(one.counts())))
            .toList());
  }

  /** Returns the states at evenly spaced times, and the last one. */
  private static List<Moment> thinned(Rollout rollout) {
    List<Moment> all = rollout.moments();
    Moment end = all.get(all.size() - 1);
    List<Moment> thinned = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < POINTS; i++) {
      long time = end.millis() * i / POINTS;
      while (next + 1 < all.size() && all.get(next + 1).millis() <= time) {
        next++;
      }
      thinned.add(new Moment(time, all.get(next).counts()));
    }
    thinned.add(end);
    return thinned;
  }
}
