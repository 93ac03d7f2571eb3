package dev.fastdeploy.agent.deploy;

/**
 * Is told what happens in one deploy, in order, one call at a time, but on changing threads. The
 * deploy waits for it, and goes on whatever it throws.
 */
@FunctionalInterface
public interface DeployListener {

  /** Something happened. */
  void on(DeployNotice notice);
}
