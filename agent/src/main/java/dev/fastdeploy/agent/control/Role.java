package dev.fastdeploy.agent.control;

/** What a caller may do. Who may deploy may also read. */
enum Role {
  READ,
  DEPLOY;

  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
