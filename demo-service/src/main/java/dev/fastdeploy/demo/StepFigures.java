package dev.fastdeploy.demo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effect of one step.
 *
 * @param step the command and how it ended
 * @param instances its figures by instance
 */
record StepFigures(Step step, List<InstanceFigures> instances) {

  StepFigures {
    instances = List.copyOf(instances);
  }

  /** Returns what was not as it must be, one line each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    int exitCode = step.result().exitCode();
    ToldDeploy deploy = step.deploy();
    if (exitCode != step.expected().exitCode()
        || !deploy.ending().equals(step.expected().ending())) {
      problems.add(
          step.name()
              + ": the command ended with "
              + exitCode
              + ", "
              + deploy.ending()
              + ", instead of "
              + step.expected().exitCode()
              + ", "
              + step.expected().ending()
              + ": "
              + deploy.reason());
    }
    if (!step.toSucceed() && deploy.asked().size() != 1) {
      problems.add(
          step.name()
              + ": "
              + deploy.asked()
              + " were asked to run it instead of the canary alone");
    }
    instances.forEach(figures -> problems.addAll(problemsOf(figures)));
    return problems;
  }

  private List<String> problemsOf(InstanceFigures figures) {
    List<String> problems = new ArrayList<>();
    String where = step.name() + " on " + figures.instance() + ": ";
    if (step.toSucceed()) {
      problems.addAll(problemsOf(figures.outcome(), Outcome.PROVEN));
      if (figures.firstAnswerMillis().isEmpty()) {
        problems.add(step.commit() + " never answered");
      }
    } else if (figures.asked()) {
      problems.addAll(problemsOf(figures.outcome(), Outcome.ROLLED_BACK));
    } else {
      problems.addAll(problemsOfOneNotAsked(figures));
    }
    if (!figures.before().equals(step.before())) {
      problems.add(figures.before() + " ran before instead of " + step.before());
    }
    if (!figures.after().equals(step.after())) {
      problems.add(figures.after() + " ran afterwards instead of " + step.after());
    }
    if (figures.requests().served() == 0) {
      problems.add("no request was served");
    }
    if (figures.requests().refused() > 0) {
      problems.add(figures.requests().refused() + " requests were refused");
    }
    if (figures.requests().failed() > 0) {
      problems.add(figures.requests().failed() + " requests were cut");
    }
    return problems.stream().map(problem -> where + problem).toList();
  }

  private static List<String> problemsOf(@Nullable Outcome outcome, String expected) {
    if (outcome == null) {
      return List.of("its own record tells no outcome");
    }
    return outcome.result().equals(expected)
        ? List.of()
        : List.of(outcome.result() + " instead of " + expected + ": " + outcome.reason());
  }

  private List<String> problemsOfOneNotAsked(InstanceFigures figures) {
    List<String> problems = new ArrayList<>();
    Outcome outcome = figures.outcome();
    if (outcome != null) {
      problems.add("by its own record it tried the commit: " + outcome.result());
    }
    if (!figures.stayed()) {
      problems.add("it left " + step.before() + ", though the canary had failed");
    }
    return problems;
  }
}
