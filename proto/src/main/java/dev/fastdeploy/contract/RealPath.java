package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.file.Path;

/** Makes paths comparable: two ways to the same file are the same path. */
public final class RealPath {

  private RealPath() {}

  /**
   * Returns the path without links. A path that does not exist, or cannot be looked at, is only
   * made absolute and normalized, so that it can still be compared.
   */
  public static Path of(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path.toAbsolutePath().normalize();
    }
  }
}
