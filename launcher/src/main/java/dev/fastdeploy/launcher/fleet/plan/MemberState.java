package dev.fastdeploy.launcher.fleet.plan;

/** The state of a member in a deploy. */
enum MemberState {
  /** A source knows it, and it was not asked yet. */
  SEEN,
  /** It was asked what it runs. */
  CHECKING,
  /** It answered and is waiting to be staged. */
  CHECKED,
  /** It is staging. */
  STAGING,
  /** It is waiting to be activated. */
  STAGED,
  /** It was asked to run the commit. */
  ACTIVATING,
  /** It runs the commit. */
  PROVEN,
  /** It was moved and is waiting to be brought back. */
  TO_RETURN,
  /** It was asked to go back. */
  RETURNING,
  /** It went back. */
  RETURNED,
  /** It failed. */
  FAILED,
  /** It does not answer. */
  UNREACHABLE,
  /** No source knows it any more. */
  VANISHED;

  /** Returns whether it is changing. */
  boolean isUnderWay() {
    return this == ACTIVATING || this == RETURNING;
  }

  /** Returns whether it is waiting for its turn. */
  boolean isWaiting() {
    return this == SEEN || this == CHECKED || this == STAGED || this == TO_RETURN;
  }
}
