package dev.fastdeploy.agent.reload;

/** Says that a reload cannot take place. The message gives the reason, in one line. */
public final class ReloadDeclinedException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param reason one line for a person
   */
  public ReloadDeclinedException(String reason) {
    super(reason);
  }

  /** Returns the reason. */
  public String reason() {
    String reason = getMessage();
    return reason == null ? "" : reason;
  }
}
