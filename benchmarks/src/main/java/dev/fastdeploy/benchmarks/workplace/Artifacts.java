package dev.fastdeploy.benchmarks.workplace;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the build made for the benchmarks.
 *
 * @param directory this module's {@code target}, or wherever benchmarks.jar was copied with its
 *     neighbours
 */
public record Artifacts(Path directory) {

  /** The ones beside this code: where benchmarks.jar lies, or the parent of its classes. */
  public static Artifacts own() {
    try {
      Path code =
          Path.of(Artifacts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path parent = code.toAbsolutePath().getParent();
      return new Artifacts(parent == null ? code : parent);
    } catch (URISyntaxException notAFile) {
      throw new IllegalStateException(
          "the benchmarks run from neither a jar nor a directory", notAFile);
    }
  }

  /**
   * The product.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path fastdeployJar() {
    return existing("fastdeploy.jar");
  }

  /**
   * An S3 server.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path s3ProxyJar() {
    return existing("s3proxy.jar");
  }

  /**
   * The Spring service's release: app.jar, and lib beside it.
   *
   * @throws IllegalStateException if it is not there, with a message for the user
   */
  public Path springRelease() {
    return existing("spring/release");
  }

  /**
   * Spring Boot's DevTools.
   *
   * @throws IllegalStateException if they are not there, with a message for the user
   */
  public Path devToolsJar() {
    return existing("spring/devtools/spring-boot-devtools.jar");
  }

  private Path existing(String name) {
    Path found = directory.resolve(name);
    if (!Files.exists(found)) {
      throw new IllegalStateException(
          found + " is missing; run 'mvn package' at the project's root");
    }
    return found;
  }
}
