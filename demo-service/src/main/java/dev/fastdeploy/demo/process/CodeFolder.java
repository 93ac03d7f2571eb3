package dev.fastdeploy.demo.process;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Finds what the build put beside the code that uses it. */
public final class CodeFolder {

  private CodeFolder() {}

  /**
   * Returns the directory of a class's jar, or the parent of its directory of classes.
   *
   * @throws IllegalStateException if the class comes from neither a jar nor a directory
   */
  public static Path of(Class<?> type) {
    try {
      Path code = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path parent = code.toAbsolutePath().getParent();
      return parent == null ? code : parent;
    } catch (URISyntaxException notAFile) {
      throw new IllegalStateException(
          type.getName() + " runs from neither a jar nor a directory", notAFile);
    }
  }
}
