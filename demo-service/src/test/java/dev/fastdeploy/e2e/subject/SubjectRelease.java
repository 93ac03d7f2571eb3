package dev.fastdeploy.e2e.subject;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Writes releases of {@link Subject}: its class below {@code classes} and what it is to do. */
public final class SubjectRelease {

  private SubjectRelease() {}

  /**
   * Writes one.
   *
   * @param directory where it is to lie, in a directory named by its commit
   * @param behaviour lines of {@code subject.properties}, such as {@code hook=hang}
   * @return its directory
   */
  public static Path write(Path directory, String commit, String... behaviour) throws IOException {
    Path release = Files.createDirectories(directory.resolve(commit));
    List<String> lines = new ArrayList<>(List.of(behaviour));
    lines.add("commit=" + commit);
    Files.write(release.resolve("subject.properties"), lines);
    String file = Subject.class.getName().replace('.', '/') + ".class";
    Path target = release.resolve("classes").resolve(file);
    Files.createDirectories(target.getParent());
    try (InputStream in = Subject.class.getClassLoader().getResourceAsStream(file)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return release;
  }
}
