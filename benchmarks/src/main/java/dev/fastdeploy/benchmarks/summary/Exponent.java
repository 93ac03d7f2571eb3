package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Point;
import java.util.List;
import java.util.OptionalDouble;

/** The growth of something with the size: the power of the size that fits best. */
final class Exponent {

  private Exponent() {}

  /**
   * Returns the exponent by least squares over the logarithms: 1 is linear, 2 quadratic. Empty if
   * there are fewer than two sizes, or a figure without a logarithm.
   *
   * @param points sizes and figures
   */
  static OptionalDouble of(List<Point> points) {
    if (points.stream().anyMatch(point -> point.x() <= 0 || point.y() <= 0)) {
      return OptionalDouble.empty();
    }
    double meanX = points.stream().mapToDouble(point -> Math.log(point.x())).average().orElse(0);
    double meanY = points.stream().mapToDouble(point -> Math.log(point.y())).average().orElse(0);
    double both = 0;
    double squares = 0;
    for (Point point : points) {
      double x = Math.log(point.x()) - meanX;
      both += x * (Math.log(point.y()) - meanY);
      squares += x * x;
    }
    return squares == 0 ? OptionalDouble.empty() : OptionalDouble.of(both / squares);
  }
}
