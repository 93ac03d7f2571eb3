package dev.fastdeploy.agent.control;

/**
 * Who calls.
 *
 * @param identity the name for the audit; never a secret
 * @param limit why the caller may do no more than its role allows, as the end of a sentence that
 *     begins with the identity
 */
record Caller(String identity, Role role, String limit) {

  /** One who may do everything. */
  static Caller deployer(String identity) {
    return new Caller(identity, Role.DEPLOY, "may deploy");
  }

  /** One who may only look. */
  static Caller reader(String identity) {
    return new Caller(identity, Role.READ, "may only read the status");
  }

  /** One who is known and may nothing. */
  static Caller powerless(String identity, String because) {
    return new Caller(identity, Role.NONE, because);
  }

  /** Why a call that needs a greater role was refused. */
  String denial() {
    return identity + " " + limit;
  }
}
