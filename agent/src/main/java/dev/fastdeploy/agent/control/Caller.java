package dev.fastdeploy.agent.control;

/**
 * The sender of a call.
 *
 * @param identity the name for the audit; never a secret
 * @param limit the reason why the caller may do no more than its role allows, as the end of a
 *     sentence that begins with the identity
 */
record Caller(String identity, Role role, String limit) {

  /** Returns a caller that may do everything. */
  static Caller deployer(String identity) {
    return new Caller(identity, Role.DEPLOY, "may deploy");
  }

  /** Returns a caller that may only read. */
  static Caller reader(String identity) {
    return new Caller(identity, Role.READ, "may only read the status");
  }

  /** Returns a caller that is known and may do nothing. */
  static Caller powerless(String identity, String because) {
    return new Caller(identity, Role.NONE, because);
  }

  /** Returns why a call that needs a greater role is refused. */
  String denial() {
    return identity + " " + limit;
  }
}
