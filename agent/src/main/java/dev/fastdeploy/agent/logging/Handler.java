package dev.fastdeploy.agent.logging;

/** The destination of messages, as far as the libraries know. Never used. */
public abstract class Handler {

  Handler() {}

  /** Has no effect. */
  public void setFormatter(Formatter formatter) {}

  /** Has no effect. */
  public void close() {}
}
