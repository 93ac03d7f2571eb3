package dev.fastdeploy.benchmarks.load;

/** How a request can end without a good answer. */
public enum Loss {
  /** Nobody listened. */
  REFUSED,
  /** The connection was reset, before or within the answer. */
  RESET,
  /** The connection ended in order, before the answer was complete. */
  ENDED_EARLY,
  /** Nothing happened for as long as the client waits. */
  TIMED_OUT,
  /** Something else than 200 was answered. */
  OTHER_ANSWER,
  /** Anything else. */
  OTHER
}
