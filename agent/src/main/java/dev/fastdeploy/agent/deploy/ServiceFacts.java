package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Release;
import java.util.Optional;

/** What a deploy needs to know of the service that it runs in. Thread-safe. */
public interface ServiceFacts {

  /** Why the service is not ready now; nothing if it is. */
  Optional<String> unreadyBecause();

  /** Where its classes came from. */
  ClassOrigin classes();

  /**
   * The process goes on with another release: what was known of the service's readiness was the
   * other one's.
   *
   * @param newFiles whether its classes come from its own files from now on
   */
  void releaseChanged(Release release, boolean newFiles);
}
