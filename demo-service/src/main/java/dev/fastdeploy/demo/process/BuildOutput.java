package dev.fastdeploy.demo.process;

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
    return new BuildOutput(CodeFolder.of(BuildOutput.class));
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
   * The entrypoint of a container.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path entrypoint() {
    return file("fastdeploy-entrypoint.sh");
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
