package dev.fastdeploy.agent.reload.redefine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a release's directory holds.
 *
 * @param root the directory
 * @param files everything below it, by its path from there
 */
record ReleaseTree(Path root, SortedMap<String, ReleaseFile> files) {

  ReleaseTree {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** Looks at a directory. */
  static ReleaseTree of(Path root) throws IOException {
    SortedMap<String, ReleaseFile> files = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            return directory.equals(root)
                ? FileVisitResult.CONTINUE
                : visitFile(directory, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            files.put(root.relativize(file).toString(), ReleaseFile.of(file, attributes));
            return FileVisitResult.CONTINUE;
          }
        });
    return new ReleaseTree(root, files);
  }
}
