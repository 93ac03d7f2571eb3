package dev.fastdeploy.benchmarks.workplace;

import dev.fastdeploy.demo.process.CodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The artifacts that the build made for the benchmarks.
 *
 * @param directory this module's {@code target}, or wherever benchmarks.jar was copied with its
 *     neighbours
 */
public record Artifacts(Path directory) {

  /** The ones beside this code: where benchmarks.jar lies, or the parent of its classes. */
  public static Artifacts own() {
    return new Artifacts(CodeFolder.of(Artifacts.class));
  }

  /**
   * The product.
   *
   * @throws IOException if it is not there, with a message for the user
   */
  public Path fastdeployJar() throws IOException {
    return existing("fastdeploy.jar");
  }

  /**
   * An S3 server.
   *
   * @throws IOException if it is not there, with a message for the user
   */
  public Path s3ProxyJar() throws IOException {
    return existing("s3proxy.jar");
  }

  /**
   * The Spring service's release: app.jar, and lib beside it.
   *
   * @throws IOException if it is not there, with a message for the user
   */
  public Path springRelease() throws IOException {
    return existing("spring/release");
  }

  /**
   * The release of the services on other servers: app.jar, and a folder in lib for each server.
   *
   * @throws IOException if it is not there, with a message for the user
   */
  public Path serversRelease() throws IOException {
    return existing("servers/release");
  }

  /**
   * Spring Boot's DevTools.
   *
   * @throws IOException if they are not there, with a message for the user
   */
  public Path devToolsJar() throws IOException {
    return existing("spring/devtools/spring-boot-devtools.jar");
  }

  private Path existing(String name) throws IOException {
    Path found = directory.resolve(name);
    if (!Files.exists(found)) {
      throw new IOException(found + " is missing; run 'mvn package' at the project's root");
    }
    return found;
  }
}
