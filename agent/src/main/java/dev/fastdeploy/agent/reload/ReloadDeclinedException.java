package dev.fastdeploy.agent.reload;

/** A reload that cannot take place. The message says why, in one line. */
public final class ReloadDeclinedException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param reason one line for a person
   */
  public ReloadDeclinedException(String reason) {
    super(reason);
  }

  /** The reason. */
  public String reason() {
    String reason = getMessage();
    return reason == null ? "" : reason;
  }
}
