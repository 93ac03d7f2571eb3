package dev.fastdeploy.benchmarks.load;

import org.jspecify.annotations.Nullable;

/** Somebody asks, and can be waited for until a commit answers. Thread-safe. */
public interface AnswerWatch {

  /**
   * Waits for the first good answer of the commit.
   *
   * @return null if there is none in that time
   */
  @Nullable Seen await(long nanos) throws InterruptedException;
}
