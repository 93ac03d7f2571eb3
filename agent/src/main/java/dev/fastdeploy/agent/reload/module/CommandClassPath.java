package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.contract.RealPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the original entries of the class path. The JVM sees {@code lib/*} expanded, but the
 * wildcard itself is needed, since a release may bring another jar. It is taken from the command if
 * that explains what the JVM sees. If not, because a program other than {@code java} started the
 * JVM, a directory counts as a wildcard if all its jars are on the class path.
 */
final class CommandClassPath {

  private static final String WILDCARD = "*";

  private final ReleaseFrame frame;
  private final List<String> seen;

  /**
   * @param seen the class path as the JVM has it, without agents' jars
   */
  CommandClassPath(ReleaseFrame frame, List<String> seen) {
    this.frame = frame;
    this.seen = seen;
  }

  /** Returns the entries exactly as the JVM has them, which the first generation runs with. */
  List<ClassPathEntry> expanded() {
    return seen.stream().map(entry -> new ClassPathEntry(frame.within(entry), false)).toList();
  }

  /**
   * Returns the entries with wildcards.
   *
   * @param written the class path as given in the command; empty if it gave none
   */
  List<ClassPathEntry> entries(String written) throws IOException {
    List<ClassPathEntry> entries = asWritten(written);
    return explains(entries) ? entries : guessed();
  }

  private List<ClassPathEntry> asWritten(String written) {
    List<ClassPathEntry> entries = new ArrayList<>();
    for (String entry : written.split(File.pathSeparator, -1)) {
      if (entry.equals(WILDCARD) || entry.endsWith(File.separator + WILDCARD)) {
        String directory = entry.substring(0, entry.length() - WILDCARD.length());
        entries.add(new ClassPathEntry(frame.within(directory), true));
      } else {
        entries.add(new ClassPathEntry(frame.within(entry), false));
      }
    }
    return entries;
  }

  private boolean explains(List<ClassPathEntry> entries) throws IOException {
    List<Path> files = new ArrayList<>();
    for (ClassPathEntry entry : entries) {
      files.addAll(entry.files(frame.release()));
    }
    List<Path> actual =
        new ArrayList<>(
            expanded().stream().map(entry -> frame.release().resolve(entry.path())).toList());
    Collections.sort(files);
    Collections.sort(actual);
    return files.equals(actual);
  }

  private List<ClassPathEntry> guessed() throws IOException {
    Set<Path> actual = new HashSet<>();
    expanded().forEach(entry -> actual.add(entry.path()));
    Set<ClassPathEntry> entries = new LinkedHashSet<>();
    for (ClassPathEntry entry : expanded()) {
      Path directory = entry.path().getParent();
      if (entry.inRelease()
          && directory != null
          && isJar(entry.path())
          && actual.containsAll(jarsBelow(directory))) {
        entries.add(new ClassPathEntry(directory, true));
      } else {
        entries.add(entry);
      }
    }
    return List.copyOf(entries);
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  /** Returns the jars relative to the release, as the entries are. */
  private List<Path> jarsBelow(Path directory) throws IOException {
    return ClassPathEntry.jars(frame.release().resolve(directory)).stream()
        .map(jar -> frame.release().relativize(jar))
        .toList();
  }

  /** Returns the class path of this JVM, without some jars. */
  static List<String> split(String classPath, Set<Path> without) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .filter(entry -> !without.contains(RealPath.of(Path.of(entry))))
        .toList();
  }
}
