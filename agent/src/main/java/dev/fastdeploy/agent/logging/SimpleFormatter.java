package dev.fastdeploy.agent.logging;

/** A formatter without effect. */
public final class SimpleFormatter extends Formatter {

  /** For whoever sets one. */
  public SimpleFormatter() {}
}
