package dev.fastdeploy.contract;

/** A request that is not begun. The message says why, in one line. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  /**
   * @param reason one line for the user: what is refused, the value, what to do
   */
  public RefusedException(Refusal refusal, String reason) {
    super(reason);
    this.refusal = refusal;
  }

  /** Returns the kind of refusal. */
  public Refusal refusal() {
    return refusal;
  }

  /** Returns the reason, in one line. */
  public String reason() {
    String reason = getMessage();
    return reason == null ? refusal.name() : reason;
  }
}
