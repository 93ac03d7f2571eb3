package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Release;
import java.util.Optional;

/** The facts that a deploy needs about the service that it runs in. Thread-safe. */
public interface ServiceFacts {

  /** Returns why the service is not ready now, or empty if it is. */
  Optional<String> unreadyBecause();

  /**
   * Returns true if the service should be sent requests now: it is ready, and has run for as long
   * as it must to count as ready.
   */
  boolean inService();

  /**
   * Makes the service count as not ready from now on, whatever it says itself, until {@link
   * #readinessReturned} or {@link #releaseChanged}.
   *
   * @param because the reason, one line
   */
  void readinessWithdrawn(String because);

  /** Makes the service's own readiness count again. */
  void readinessReturned();

  /** Returns the origin of its classes, as of a moment ago. */
  ClassOrigin classes();

  /** Returns whether connections to it wait during a reload. */
  ConnectionHolding connections();

  /**
   * Returns why its code is not the running release's after a reload in place, checked now, or
   * empty if there is no reason.
   */
  Optional<String> staleBecause();

  /**
   * Notes that the process continues with another release: the readiness known so far was the
   * earlier one's.
   *
   * @param newFiles true if its classes come from its own files from now on
   */
  void releaseChanged(Release release, boolean newFiles);
}
