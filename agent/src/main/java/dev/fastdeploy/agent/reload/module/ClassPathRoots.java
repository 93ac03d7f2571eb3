package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Resolves a class path to its jars and directories, in the order in which the JDK's loader would
 * search them: each jar is followed by those that its manifest names. Like there, entries that do
 * not exist or cannot be read are left out.
 */
final class ClassPathRoots {

  private final Set<Path> roots = new LinkedHashSet<>();

  private ClassPathRoots() {}

  /** Returns them for a release. */
  static List<Path> of(List<ClassPathEntry> entries, Path release) throws IOException {
    ClassPathRoots found = new ClassPathRoots();
    for (ClassPathEntry entry : entries) {
      for (Path file : entry.files(release)) {
        found.add(file.normalize());
      }
    }
    return new ArrayList<>(found.roots);
  }

  private static boolean isUsable(Path file) {
    return Files.isReadable(file) && (Files.isDirectory(file) || Files.isRegularFile(file));
  }

  private void add(Path file) throws IOException {
    if (isUsable(file) && roots.add(file)) {
      for (Path named : JarManifest.of(file).classPath()) {
        add(named);
      }
    }
  }
}
