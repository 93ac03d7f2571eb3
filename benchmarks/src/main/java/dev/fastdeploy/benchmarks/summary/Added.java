package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.InstanceKind;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

/**
 * What fastdeploy adds to a service, each time within one round: what the machine does beside it
 * changes more from round to round than within one.
 *
 * @param measured all that was measured
 * @param service of which service
 */
record Added(Measured measured, ServiceKind service) {

  /** What the agent adds, one value a round. */
  List<Double> byAgent(Figure figure) {
    return pairs(InstanceKind.AGENT, figure, figure, (with, without) -> with - without);
  }

  /** What the agent adds below a launcher, whose control endpoint has been called. */
  List<Double> byAgentInUse(Figure figure) {
    return pairs(InstanceKind.LAUNCHER, figure, figure, (with, without) -> with - without);
  }

  /** A restart by a deploy, from its announcement on, as a multiple of a plain start. */
  List<Double> restartAgainstStart() {
    return pairs(
        InstanceKind.LAUNCHER,
        Figure.ANNOUNCED_ANSWER,
        Figure.START,
        (restart, start) -> restart / start);
  }

  /** What was measured of the launcher. */
  List<Double> launcher(Figure figure) {
    return measured.instances(service, InstanceKind.LAUNCHER).values(figure);
  }

  private List<Double> pairs(
      InstanceKind kind, Figure figure, Figure plainFigure, DoubleBinaryOperator operator) {
    List<Double> values = new ArrayList<>();
    for (Sample sample : measured.instances(service, kind).samples()) {
      OptionalDouble value = sample.figure(figure);
      OptionalDouble plain = plain(sample.number(), plainFigure);
      if (value.isPresent() && plain.isPresent()) {
        values.add(operator.applyAsDouble(value.getAsDouble(), plain.getAsDouble()));
      }
    }
    return values;
  }

  private OptionalDouble plain(int round, Figure figure) {
    return measured.instances(service, InstanceKind.PLAIN).samples().stream()
        .filter(sample -> sample.number() == round)
        .map(sample -> sample.figure(figure))
        .findFirst()
        .orElse(OptionalDouble.empty());
  }
}
