package dev.fastdeploy.agent.logging;

/** Where the libraries think that messages go. Is not asked. */
public abstract class Handler {

  Handler() {}

  /** Has no effect. */
  public void setFormatter(Formatter formatter) {}

  /** Has no effect. */
  public void close() {}
}
