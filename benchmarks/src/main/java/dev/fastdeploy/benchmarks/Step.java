package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.way.ReloadRefusedException;

/** A part of an invocation that may go wrong. */
interface Step<T> {

  T run() throws Exception;

  /**
   * Takes a step. A failure is recorded with what was measured so far; JMH then ends the run and
   * calls no clean-up.
   */
  static <T> T guarded(Step<T> step, SampleBuilder sample, Runnable clear) throws Exception {
    try {
      return step.run();
    } catch (Exception failure) {
      SampleLog.record(blamed(sample, failure).build());
      clear.run();
      throw failure;
    }
  }

  private static SampleBuilder blamed(SampleBuilder sample, Exception failure) {
    String message = failure.getMessage();
    String reason = message == null ? failure.toString() : message;
    return failure instanceof ReloadRefusedException
        ? sample.refused(reason)
        : sample.failed(reason);
  }
}
