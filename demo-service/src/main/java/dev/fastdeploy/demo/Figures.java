package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.traffic.Judgement;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the demo measured.
 *
 * @param jdk that ran the instances
 * @param perSecond requests a second to each instance
 * @param steps in order
 * @param totals of all requests, also those before the first step
 * @param teardown how the processes ended and what was left
 */
record Figures(
    Jdk jdk, int perSecond, List<StepFigures> steps, Judgement totals, Teardown teardown) {

  Figures {
    steps = List.copyOf(steps);
  }

  /** What was not as it must be, one line each; empty if all was. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    steps.forEach(step -> problems.addAll(step.problems()));
    long told =
        steps.stream()
            .flatMap(step -> step.instances().stream())
            .mapToLong(instance -> instance.requests().failed())
            .sum();
    if (totals.failed() > told) {
      problems.add((totals.failed() - told) + " requests were cut outside of the steps");
    }
    problems.addAll(teardown.problems());
    return problems;
  }
}
