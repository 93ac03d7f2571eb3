package dev.fastdeploy.release;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.ReleaseContents;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file that a service has written into its release, such as a heap dump, a log or data.
 *
 * @param path the absolute path
 * @param bytes the size
 */
record StrayFile(Path path, long bytes) {

  private static final int MOST_NAMED = 3;
  private static final int LONGEST_NAME = 200;

  /**
   * Returns the end of a message that names the largest ones, or an empty string if there are none.
   */
  static String largest(Home home) throws IOException {
    List<StrayFile> found = new ArrayList<>();
    for (Commit commit : home.staged()) {
      Optional<Release> release = home.release(commit);
      if (release.isPresent()) {
        Path directory = release.get().directory();
        Optional<Set<String>> contents = ReleaseContents.read(directory);
        if (contents.isPresent()) {
          Files.walkFileTree(directory, new Finder(directory, contents.get(), found));
        }
      }
    }
    found.sort(Comparator.comparingLong(StrayFile::bytes).reversed());
    StringBuilder text = new StringBuilder();
    for (StrayFile file : found.subList(0, Math.min(MOST_NAMED, found.size()))) {
      text.append(text.isEmpty() ? "; the largest files that do not belong to releases: '" : ", '")
          .append(Text.shortened(file.path().toString(), LONGEST_NAME))
          .append("' (")
          .append(file.bytes())
          .append(" bytes)");
    }
    return text.toString();
  }

  /** Collects the files that do not belong to the release. */
  private static final class Finder extends SimpleFileVisitor<Path> {

    private final Path root;
    private final Set<String> contents;
    private final List<StrayFile> found;

    Finder(Path root, Set<String> contents, List<StrayFile> found) {
      this.root = root;
      this.contents = contents;
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !contents.contains(root.relativize(file).toString())) {
        found.add(new StrayFile(file, attributes.size()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      // The service may remove what it has written, or close its directories to others.
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
