package dev.fastdeploy.agent.deploy;

/** What a deploy needs to know of the service that it runs in. Thread-safe. */
public interface ServiceFacts {

  /** Whether the service is ready now. */
  boolean ready();

  /** Where its classes came from. */
  ClassOrigin classes();
}
