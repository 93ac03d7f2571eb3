package dev.fastdeploy.agent.reload.process.connections;

/**
 * How the service's servers end their kept-alive connections from some moment on. A server that
 * does closes each connection behind an answer that it begins after that moment. What is still open
 * then, and was sent something a short while ago, is in the middle of an answer, or speaks another
 * protocol by now, such as WebSocket.
 */
public enum PoliteEnd {
  /** None of them is known to: an open connection may as well be one that is used again. */
  NONE,
  /** They do, and a connection has one answer at a time. */
  OF_ONE_BY_ONE,
  /** They do, and some connections have several answers at a time, of which few send. */
  OF_SEVERAL_AT_ONCE;

  /** For how long an answer that was begun before may go on, and leave its connection idle. */
  private static final long LAST_ANSWER_MILLIS = 1_000;

  /** For how long an answer may pause: not every connection that is open will be used again. */
  private static final long PAUSE_MILLIS = 5_000;

  /**
   * Returns true if a connection that is open is taken for one in the middle of an answer.
   *
   * @param sinceMillis the age of the polite end
   * @param sentMillis the age of what was sent last
   */
  boolean isAnswering(long sinceMillis, long sentMillis) {
    if (sentMillis >= PAUSE_MILLIS) {
      return false;
    }
    return switch (this) {
      case NONE -> false;
      case OF_ONE_BY_ONE -> sentMillis < sinceMillis - LAST_ANSWER_MILLIS;
      case OF_SEVERAL_AT_ONCE -> sentMillis < sinceMillis;
    };
  }
}
