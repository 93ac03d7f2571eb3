package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.CommandResult;
import java.util.List;
import java.util.Optional;

/**
 * One command to the fleet, and how it ended.
 *
 * @param name what people call it
 * @param before the commit that every instance should run before
 * @param commit that is deployed, or returned to
 * @param after the commit that every instance should run afterwards
 * @param expected the result that each instance should have
 * @param result of the command
 * @param settledMillis when the traffic had seen what runs afterwards, UTC milliseconds
 * @param outcomes of the instances
 */
record Step(
    String name,
    String before,
    String commit,
    String after,
    String expected,
    CommandResult result,
    long settledMillis,
    List<Outcome> outcomes) {

  /** The outcome of an instance; nothing if the command told none. */
  Optional<Outcome> outcome(Instance instance) {
    return outcomes.stream()
        .filter(outcome -> outcome.target().equals(instance.target()))
        .findFirst();
  }

  /** Whether the commit was to be kept, and the command so to end with 0. */
  boolean toSucceed() {
    return expected.equals(Outcome.PROVEN);
  }
}
