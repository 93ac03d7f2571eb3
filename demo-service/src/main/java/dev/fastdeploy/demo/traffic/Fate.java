package dev.fastdeploy.demo.traffic;

/** What became of a request, as far as its client can tell. */
public enum Fate {
  /** Answered in full, with 200. */
  SERVED,
  /** No connection was made, so that no request was begun. */
  REFUSED,
  /**
   * The connection was reset before the first byte of an answer. Either the listener was closed
   * while the connection lay in its backlog, or a request that the service had read was cut; {@link
   * Judgement} tells which.
   */
  RESET,
  /** Cut within the answer, ended without one, answered too late or with another status. */
  FAILED
}
