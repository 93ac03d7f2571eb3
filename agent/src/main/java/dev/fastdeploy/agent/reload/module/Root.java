package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jboss.modules.ResourceLoader;

/** A jar or a directory on the class path of a module. */
sealed interface Root extends ResourceLoader permits JarRoot, DirectoryRoot {

  /**
   * Opens one.
   *
   * @throws ZipException if it is a file but not a jar
   * @throws IOException if it cannot be read
   */
  static Root open(Path place) throws IOException {
    return Files.isDirectory(place) ? new DirectoryRoot(place) : JarRoot.open(place);
  }
}
