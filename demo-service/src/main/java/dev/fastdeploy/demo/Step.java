package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.CommandResult;

/**
 * One command to the fleet, and how it ended.
 *
 * @param name the name for people
 * @param before the commit that every instance should run before
 * @param commit the commit that is deployed, or returned to
 * @param after the commit that every instance should run afterwards
 * @param expected how it should end
 * @param result the result of the command
 * @param settledMillis the time by which the traffic had seen what runs afterwards, UTC
 *     milliseconds
 * @param deploy the command's report of it
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

  /** The ways in which a step should end. */
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

    /** Returns the command's word for it. */
    String ending() {
      return ending;
    }

    /** Returns the command's exit code for it. */
    int exitCode() {
      return exitCode;
    }
  }

  /** Returns true if the command asked an instance to run the commit. */
  boolean asked(Instance instance) {
    return deploy.asked().contains(instance.name());
  }

  /** Returns true if the commit was to be kept. */
  boolean toSucceed() {
    return expected == Expectation.DONE;
  }
}
