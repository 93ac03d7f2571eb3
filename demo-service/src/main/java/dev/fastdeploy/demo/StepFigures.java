package dev.fastdeploy.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What one step did.
 *
 * @param step the command and how it ended
 * @param instances its figures by instance
 */
record StepFigures(Step step, List<InstanceFigures> instances) {

  StepFigures {
    instances = List.copyOf(instances);
  }

  /** What was not as it must be, one line each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    int exitCode = step.result().exitCode();
    if (step.toSucceed() != (exitCode == 0)) {
      problems.add(step.name() + ": the command ended with " + exitCode);
    }
    for (InstanceFigures figures : instances) {
      problemsOf(figures).forEach(problem -> problems.add(problem));
    }
    return problems;
  }

  private List<String> problemsOf(InstanceFigures figures) {
    List<String> problems = new ArrayList<>();
    String where = step.name() + " on " + figures.instance() + ": ";
    Outcome outcome = figures.outcome();
    if (outcome == null) {
      problems.add(where + "the command told no outcome");
    } else if (!outcome.result().equals(step.expected())) {
      problems.add(
          where + outcome.result() + " instead of " + step.expected() + ": " + outcome.reason());
    }
    if (!figures.before().equals(step.before())) {
      problems.add(where + figures.before() + " ran before instead of " + step.before());
    }
    if (!figures.after().equals(step.after())) {
      problems.add(where + figures.after() + " ran afterwards instead of " + step.after());
    }
    if (step.toSucceed() && figures.firstAnswerMillis().isEmpty()) {
      problems.add(where + step.commit() + " never answered");
    }
    if (figures.requests().served() == 0) {
      problems.add(where + "no request was served");
    }
    if (figures.requests().failed() > 0) {
      problems.add(where + figures.requests().failed() + " requests were cut");
    }
    return problems;
  }
}
