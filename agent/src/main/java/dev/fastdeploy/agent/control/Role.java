package dev.fastdeploy.agent.control;

/**
 * The permissions that a caller has and that a method needs. A caller that may deploy may also
 * read.
 */
enum Role {
  NONE,
  READ,
  DEPLOY;

  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
