package dev.fastdeploy.benchmarks.report;

import java.util.List;

/**
 * One line or area.
 *
 * @param name stands in the legend
 * @param points from left to right; at least one
 */
public record LineSeries(String name, List<Point> points) {

  /**
   * @throws IllegalArgumentException if there is no point, or one lies left of its predecessor
   */
  public LineSeries {
    points = List.copyOf(points);
    Checks.filled("points of series '" + name + "'", points);
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).x() < points.get(i - 1).x()) {
        throw new IllegalArgumentException(
            "series '"
                + name
                + "' goes back from x = "
                + points.get(i - 1).x()
                + " to "
                + points.get(i).x()
                + ": sort its points");
      }
    }
  }

  List<Double> xs() {
    return points.stream().map(Point::x).toList();
  }
}
