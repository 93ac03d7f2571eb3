package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.file.Path;

/** Makes paths comparable: two ways to the same file are the same path. */
public final class RealPath {

  private RealPath() {}

  /**
   * The path without links. What is not there, or cannot be looked at, is absolute and normalized
   * alone, so that it still has a place to be compared by.
   */
  public static Path of(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path.toAbsolutePath().normalize();
    }
  }
}
