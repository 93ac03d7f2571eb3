package dev.fastdeploy.agent.runtime;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;

/**
 * Finds archives that an application server unpacks to a directory of its own. Their classes belong
 * to the release, wherever they are then.
 */
final class ServerArchives {

  private static final int DEEPEST = 4;
  private static final int MOST_FILES = 2000;

  private ServerArchives() {}

  /** Returns true if a directory holds one, not too deep and among not too many files. */
  static boolean in(List<Path> releases) {
    return releases.stream().anyMatch(ServerArchives::in);
  }

  private static boolean in(Path release) {
    Search search = new Search();
    try {
      Files.walkFileTree(release, EnumSet.noneOf(FileVisitOption.class), DEEPEST, search);
    } catch (IOException unreadable) {
      // Counts as none found.
    }
    return search.found;
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private int looked;
    private boolean found;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.toString();
      found = name.endsWith(".war") || name.endsWith(".ear");
      return found || ++looked > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return FileVisitResult.CONTINUE;
    }
  }
}
