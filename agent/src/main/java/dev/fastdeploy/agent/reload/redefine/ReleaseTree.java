package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.ReleaseContents;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The contents of a release's directory.
 *
 * @param root the directory
 * @param files everything below it, by its path from there
 */
record ReleaseTree(Path root, SortedMap<String, ReleaseFile> files) {

  ReleaseTree {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * Reads a directory. Files that a service has written there since it was staged are left out, and
   * so are archives of its classes, which a JVM reads only when it starts.
   */
  static ReleaseTree of(Path root) throws IOException {
    SortedMap<String, ReleaseFile> files = new TreeMap<>();
    Optional<Set<String>> contents = ReleaseContents.read(root);
    Path archives = root.resolve(ProcessContract.ARCHIVES);
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (directory.equals(root) || directory.equals(archives.getParent())) {
              return FileVisitResult.CONTINUE;
            }
            if (directory.equals(archives)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            visitFile(directory, attributes);
            // The service may have closed its own directory to the agent, and everything in it is
            // the service's.
            return files.containsKey(name(directory))
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = name(file);
            if (contents.isEmpty() || contents.get().contains(name)) {
              files.put(name, ReleaseFile.of(file, attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          private String name(Path file) {
            return root.relativize(file).toString();
          }
        });
    return new ReleaseTree(root, files);
  }
}
