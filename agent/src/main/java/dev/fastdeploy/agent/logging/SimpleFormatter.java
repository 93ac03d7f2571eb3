package dev.fastdeploy.agent.logging;

/** A formatter without effect. */
public final class SimpleFormatter extends Formatter {

  /** Exists for code that sets one. */
  public SimpleFormatter() {}
}
