package dev.fastdeploy.demo.process;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory in which the build puts what the demo runs.
 *
 * @param directory this module's {@code target}, or wherever demo.jar was copied with its
 *     neighbours
 */
public record BuildOutput(Path directory) {

  /**
   * Returns the one that this code runs from: the directory of demo.jar, or the parent of its
   * classes.
   */
  public static BuildOutput own() {
    return new BuildOutput(CodeFolder.of(BuildOutput.class));
  }

  /**
   * Returns the product.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path fastdeployJar() {
    return file("fastdeploy.jar");
  }

  /**
   * Returns the entrypoint of a container.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path entrypoint() {
    return file("fastdeploy-entrypoint.sh");
  }

  /**
   * Returns the S3 server.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path s3ProxyJar() {
    return file("s3proxy.jar");
  }

  /**
   * Returns the demo itself.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path demoJar() {
    return file("demo.jar");
  }

  /** Returns a directory that several JVMs may share for {@code --payload-dir}. */
  public Path unpackedPayload() {
    return directory.resolve("unpacked-payload").toAbsolutePath();
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
