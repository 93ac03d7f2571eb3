package dev.fastdeploy.agent.reload.redefine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Compares two releases file by file, and classes by their contents. Holds one class, or the names
 * in one jar, at a time.
 */
final class ReleaseComparison {

  private final ReleaseTree running;
  private final ReleaseTree staged;
  private final List<ChangedClass> changed = new ArrayList<>();

  private ReleaseComparison(ReleaseTree running, ReleaseTree staged) {
    this.running = running;
    this.staged = staged;
  }

  /**
   * Compares two directories.
   *
   * @return the classes whose files differ, all of them only in bodies or debug information
   * @throws DifferenceException if anything else differs; names the first, in the order of paths
   */
  static List<ChangedClass> compare(Path running, Path staged)
      throws IOException, DifferenceException {
    return running.equals(staged)
        ? List.of()
        : new ReleaseComparison(ReleaseTree.of(running), ReleaseTree.of(staged)).compare();
  }

  private List<ChangedClass> compare() throws IOException, DifferenceException {
    SortedMap<String, ReleaseFile> all = new TreeMap<>(running.files());
    all.putAll(staged.files());
    for (String path : all.keySet()) {
      compare(path, running.files().get(path), staged.files().get(path));
    }
    return List.copyOf(changed);
  }

  private void compare(String path, @Nullable ReleaseFile was, @Nullable ReleaseFile is)
      throws IOException, DifferenceException {
    if (was == null) {
      throw new DifferenceException(named(path, is) + " was added");
    }
    if (is == null) {
      throw new DifferenceException(named(path, was) + " was removed");
    }
    try {
      was.requireSame(is);
    } catch (DifferenceException difference) {
      throw difference.in(path);
    }
    if (was.isFile() && !sameContent(path)) {
      compareContents(path);
    }
  }

  private static String named(String path, @Nullable ReleaseFile file) {
    return Content.named(file != null && file.isDirectory() ? path + "/" : path);
  }

  private boolean sameContent(String path) throws IOException {
    return Files.mismatch(running.root().resolve(path), staged.root().resolve(path)) < 0;
  }

  private void compareContents(String path) throws IOException, DifferenceException {
    switch (Content.of(path)) {
      case CLASS -> {
        ClassFile file = new ClassFile(path);
        changed.add(
            ClassComparison.compare(file, file.read(running.root()), file.read(staged.root())));
      }
      case JAR -> compareJars(path);
      default -> throw new DifferenceException(Content.named(path) + " changed");
    }
  }

  private void compareJars(String path) throws IOException, DifferenceException {
    try {
      changed.addAll(JarComparison.compare(path, running.root(), staged.root()));
    } catch (DifferenceException difference) {
      throw difference.in(path);
    } catch (ZipException noJar) {
      throw new DifferenceException(
          Content.named(path) + " changed and cannot be read as a jar: " + noJar.getMessage());
    }
  }
}
