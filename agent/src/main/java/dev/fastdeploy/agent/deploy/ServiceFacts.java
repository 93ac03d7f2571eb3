package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Release;
import java.util.Optional;

/** What a deploy needs to know of the service that it runs in. Thread-safe. */
public interface ServiceFacts {

  /** Why the service is not ready now; nothing if it is. */
  Optional<String> unreadyBecause();

  /**
   * Whether who sends the service requests should do so now: it is ready, and has run for as long
   * as it must to count as ready.
   */
  boolean inService();

  /**
   * The service counts as not ready from now on, whatever it says itself, until {@link
   * #readinessReturned} or {@link #releaseChanged}.
   *
   * @param because one line
   */
  void readinessWithdrawn(String because);

  /** What the service says of its readiness counts again. */
  void readinessReturned();

  /** Where its classes came from, as of a moment ago. */
  ClassOrigin classes();

  /**
   * Why its code is not the running release's after a reload in place, looked at now; nothing if
   * there is no reason.
   */
  Optional<String> staleBecause();

  /**
   * The process goes on with another release: what was known of the service's readiness was the
   * other one's.
   *
   * @param newFiles whether its classes come from its own files from now on
   */
  void releaseChanged(Release release, boolean newFiles);
}
