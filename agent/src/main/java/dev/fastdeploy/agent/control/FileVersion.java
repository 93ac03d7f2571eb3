package dev.fastdeploy.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The attributes that change when a file changes, among them its owner and its mode. A link stands
 * for its target: Kubernetes mounts a Secret as links, and replaces it by pointing them elsewhere.
 *
 * <p>The inode is included: a file that was replaced within a tick of the clock may have the same
 * time and size.
 */
record FileVersion(Map<String, Object> attributes) {

  private static final String ATTRIBUTES = "unix:lastModifiedTime,ctime,size,dev,ino,mode,uid";

  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;

  FileVersion {
    attributes = Map.copyOf(attributes);
  }

  /** Returns the current version of a file. */
  static FileVersion of(Path file) throws IOException {
    return new FileVersion(Files.readAttributes(file, ATTRIBUTES));
  }

  /** Returns true if it is a regular file, not a pipe or a device, which can make a reader wait. */
  boolean isRegular() {
    return (number("mode") & TYPE) == REGULAR;
  }

  /** Returns its permissions as chmod takes them. */
  int mode() {
    return number("mode") & 07777;
  }

  /** Returns the number of its owner. */
  int owner() {
    return number("uid");
  }

  private int number(String name) {
    return attributes.get(name) instanceof Number number ? number.intValue() : 0;
  }
}
