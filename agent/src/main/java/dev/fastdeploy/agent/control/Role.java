package dev.fastdeploy.agent.control;

/** What a caller may do, and what a method asks for. Who may deploy may also read. */
enum Role {
  NONE,
  READ,
  DEPLOY;

  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
