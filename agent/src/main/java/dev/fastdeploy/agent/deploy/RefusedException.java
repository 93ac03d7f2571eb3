package dev.fastdeploy.agent.deploy;

/** A request that is not begun. The message says why, in one line. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  RefusedException(Refusal refusal, String reason) {
    super(reason);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }

  String reason() {
    String reason = getMessage();
    return reason == null ? refusal.name() : reason;
  }
}
