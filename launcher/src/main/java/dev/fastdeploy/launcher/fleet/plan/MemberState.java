package dev.fastdeploy.launcher.fleet.plan;

/** Where a member stands in a deploy. */
enum MemberState {
  /** A source knows it; it was not asked. */
  SEEN,
  /** It was asked what it runs. */
  CHECKING,
  /** It answered, and waits to be staged. */
  CHECKED,
  /** It stages. */
  STAGING,
  /** It waits to be activated. */
  STAGED,
  /** It was asked to run the commit. */
  ACTIVATING,
  /** It runs the commit. */
  PROVEN,
  /** It was moved, and waits to be brought back. */
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

  /** Whether it is changing. */
  boolean isUnderWay() {
    return this == ACTIVATING || this == RETURNING;
  }

  /** Whether it waits for its turn. */
  boolean isWaiting() {
    return this == SEEN || this == CHECKED || this == STAGED || this == TO_RETURN;
  }
}
