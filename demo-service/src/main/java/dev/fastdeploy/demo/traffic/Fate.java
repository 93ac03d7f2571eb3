package dev.fastdeploy.demo.traffic;

/** The fate of a request, as far as its client can tell. */
public enum Fate {
  /** Answered in full, with 200. */
  SERVED,
  /** No connection was made, so that no request was begun. */
  REFUSED,
  /**
   * The connection was reset before the first byte of an answer. Either the listener was closed
   * while the connection was in its backlog, or a request that the service had read was cut off;
   * {@link Judgement} tells which.
   */
  RESET,
  /** Cut off within the answer, ended without one, answered too late or with another status. */
  FAILED
}
