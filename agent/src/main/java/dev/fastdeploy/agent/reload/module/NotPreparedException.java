package dev.fastdeploy.agent.reload.module;

/**
 * Says that the strategy cannot be prepared for this application. The message gives the reason, in
 * one line.
 */
public final class NotPreparedException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param reason one line for a person, with the remedy
   */
  public NotPreparedException(String reason) {
    super(reason);
  }
}
