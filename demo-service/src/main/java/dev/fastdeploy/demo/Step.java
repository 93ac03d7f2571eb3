package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.CommandResult;

/**
 * One command to the fleet, and how it ended.
 *
 * @param name what people call it
 * @param before the commit that every instance should run before
 * @param commit that is deployed, or returned to
 * @param after the commit that every instance should run afterwards
 * @param expected how it should end
 * @param result of the command
 * @param settledMillis when the traffic had seen what runs afterwards, UTC milliseconds
 * @param deploy what the command told of it
 */
record Step(
    String name,
    String before,
    String commit,
    String after,
    Expectation expected,
    CommandResult result,
    long settledMillis,
    ToldDeploy deploy) {

  /** How a step should end. */
  enum Expectation {
    /** Each instance runs the commit. */
    DONE("done", 0),
    /** One instance, the canary, tried the commit and went back; no other was asked. */
    STOPPED_BY_CANARY("rolled-back", 3);

    private final String ending;
    private final int exitCode;

    Expectation(String ending, int exitCode) {
      this.ending = ending;
      this.exitCode = exitCode;
    }

    /** The command's word for it. */
    String ending() {
      return ending;
    }

    /** The command's exit code for it. */
    int exitCode() {
      return exitCode;
    }
  }

  /** Whether the command asked an instance to run the commit. */
  boolean asked(Instance instance) {
    return deploy.asked().contains(instance.name());
  }

  /** Whether the commit was to be kept. */
  boolean toSucceed() {
    return expected == Expectation.DONE;
  }
}
