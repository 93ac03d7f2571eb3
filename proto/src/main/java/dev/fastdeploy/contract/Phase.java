package dev.fastdeploy.contract;

import java.util.Locale;

/** The points that a deploy passes on one instance, in this order. */
public enum Phase {
  /** The request was checked and taken. */
  ACCEPTED,
  /** The release is in the home. */
  STAGED,
  /** The service no longer says that it is ready, and serves the requests that still come. */
  PRE_DRAINING,
  /** {@code current} points to it. */
  ACTIVATED,
  /** The old process was told to end its work. */
  DRAINING,
  /** The old process has ended. */
  EXITED,
  /** The process of the new release was started. */
  STARTED,
  /** The new release said that it is ready. */
  READY,
  /** It stayed ready. */
  PROVEN,
  /** It did not stay ready, and the old release was started again. */
  RESTORED;

  /** Returns the name for people and files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
