package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.traffic.Judgement;
import java.util.ArrayList;
import java.util.List;

/**
 * The measurements of the demo.
 *
 * @param jdk the JDK that ran the instances
 * @param perSecond requests per second to each instance
 * @param steps in order
 * @param totals the totals of all requests, including those before the first step
 * @param teardown how the processes ended and what was left
 */
record Figures(
    Jdk jdk, int perSecond, List<StepFigures> steps, Judgement totals, Teardown teardown) {

  Figures {
    steps = List.copyOf(steps);
  }

  /** Returns what was not as it must be, one line each; an empty list if everything was. */
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
