package dev.fastdeploy.agent.reload.redefine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** How the classes of a test's release lie. */
enum Layout {
  DIRECTORY("classes"),
  JAR("lib/app.jar");

  private final String classPath;

  Layout(String classPath) {
    this.classPath = classPath;
  }

  String classPath() {
    return classPath;
  }

  /** Makes a release of sources. */
  void publish(Path release, Map<String, String> sources) throws IOException {
    if (this == DIRECTORY) {
      Compiled.into(release.resolve(classPath), sources);
      return;
    }
    Path classes = release.resolveSibling(release.getFileName() + "-classes");
    Compiled.into(classes, sources);
    Path jar = release.resolve(classPath);
    Files.createDirectories(jar.getParent());
    List<Path> files;
    try (Stream<Path> walk = Files.walk(classes)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        zip.write(Files.readAllBytes(file));
        zip.closeEntry();
      }
    }
  }
}
