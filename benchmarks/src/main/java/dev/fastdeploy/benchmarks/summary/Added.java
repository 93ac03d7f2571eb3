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
 * The cost that fastdeploy adds to a service, each time within one round, because the machine's
 * other load varies more between rounds than within one.
 *
 * @param measured all measurements
 * @param service the service
 */
record Added(Measured measured, ServiceKind service) {

  /** Returns what the agent adds, one value per round. */
  List<Double> byAgent(Figure figure) {
    return pairs(InstanceKind.AGENT, figure, figure, (with, without) -> with - without);
  }

  /** Returns what the agent adds below a launcher, after its control endpoint has been called. */
  List<Double> byAgentInUse(Figure figure) {
    return pairs(InstanceKind.LAUNCHER, figure, figure, (with, without) -> with - without);
  }

  /**
   * Returns the time of a restart by a deploy, from its announcement, as a multiple of a plain
   * start.
   */
  List<Double> restartAgainstStart() {
    return pairs(
        InstanceKind.LAUNCHER,
        Figure.ANNOUNCED_ANSWER,
        Figure.START,
        (restart, start) -> restart / start);
  }

  /** Returns the launcher's own figures. */
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
