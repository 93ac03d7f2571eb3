package dev.fastdeploy.agent.deploy;

/**
 * Receives the events of one deploy in order, one call at a time, but on changing threads. The
 * deploy waits for it, and continues whatever it throws.
 */
@FunctionalInterface
public interface DeployListener {

  /** Receives an event. */
  void on(DeployNotice notice);
}
