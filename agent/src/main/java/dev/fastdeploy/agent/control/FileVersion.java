package dev.fastdeploy.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What tells that a file has changed, its owner and its mode among it. A link stands for what it
 * leads to: Kubernetes mounts a Secret as links, and replaces it by leading them elsewhere.
 *
 * <p>The inode as well: a file that was replaced within a tick of the clock may have the same time
 * and size.
 */
record FileVersion(Map<String, Object> attributes) {

  private static final String ATTRIBUTES = "unix:lastModifiedTime,ctime,size,dev,ino,mode,uid";

  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;

  FileVersion {
    attributes = Map.copyOf(attributes);
  }

  /** The version of a file now. */
  static FileVersion of(Path file) throws IOException {
    return new FileVersion(Files.readAttributes(file, ATTRIBUTES));
  }

  /** Whether it holds what it will hold: not a pipe or a device, which answers when it likes. */
  boolean isRegular() {
    return (number("mode") & TYPE) == REGULAR;
  }

  /** Its permissions, as chmod takes them. */
  int mode() {
    return number("mode") & 07777;
  }

  /** Its owner's number. */
  int owner() {
    return number("uid");
  }

  private int number(String name) {
    return attributes.get(name) instanceof Number number ? number.intValue() : 0;
  }
}
