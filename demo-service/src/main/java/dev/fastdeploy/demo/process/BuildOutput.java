package dev.fastdeploy.demo.process;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory into which the build puts what the demo runs.
 *
 * @param directory this module's {@code target}, or wherever demo.jar was copied with its
 *     neighbours
 */
public record BuildOutput(Path directory) {

  /** The one that this code runs from: where demo.jar lies, or the parent of its classes. */
  public static BuildOutput own() {
    try {
      Path code =
          Path.of(BuildOutput.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path parent = code.toAbsolutePath().getParent();
      return new BuildOutput(parent == null ? code : parent);
    } catch (URISyntaxException notAFile) {
      throw new IllegalStateException("the demo runs from neither a jar nor a directory", notAFile);
    }
  }

  /**
   * The product.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path fastdeployJar() {
    return file("fastdeploy.jar");
  }

  /**
   * The S3 server.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path s3ProxyJar() {
    return file("s3proxy.jar");
  }

  /**
   * The demo itself.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path demoJar() {
    return file("demo.jar");
  }

  private Path file(String name) {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          file + " is missing; run 'mvn package' at the project's root");
    }
    return file;
  }
}
