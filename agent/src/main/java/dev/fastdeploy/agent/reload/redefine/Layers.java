package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.agent.reload.CodePlace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps each directory to the release that runs from it. A class path keeps pointing to the release
 * that the JVM or a loader was started from, however often it was redefined.
 *
 * @param releases the directory of the release whose code the classes have, by the directory that
 *     class loaders read; without an entry both are the same
 * @param changed all class files that have differed along the way
 * @param names names of their classes, with {@code /} and without the suffix
 */
record Layers(Map<Path, Path> releases, Set<ClassFile> changed, Set<String> names) {

  /** Every directory has its own code. */
  static final Layers NONE = new Layers(Map.of(), Set.of(), Set.of());

  Layers {
    releases = Map.copyOf(releases);
    changed = Set.copyOf(changed);
    names = Set.copyOf(names);
  }

  /** Returns these layers after the code of one release was replaced by that of another. */
  Layers advanced(Path from, Path to, List<ChangedClass> changes) {
    Map<Path, Path> advanced = new HashMap<>(releases);
    directoriesOf(from).forEach(directory -> advanced.put(directory, to));
    Set<ClassFile> allChanged = new HashSet<>(changed);
    Set<String> allNames = new HashSet<>(names);
    for (ChangedClass change : changes) {
      allChanged.add(change.file());
      allNames.add(change.name().replace('.', '/'));
    }
    return new Layers(advanced, allChanged, allNames);
  }

  /** Returns these layers after a directory's own code is loaded from it again. */
  Layers without(Path directory) {
    Map<Path, Path> left = new HashMap<>(releases);
    left.remove(directory);
    return new Layers(left, changed, names);
  }

  /** Returns the directories whose classes have a release's code. */
  Set<Path> directoriesOf(Path release) {
    Set<Path> directories = new LinkedHashSet<>();
    if (codeOf(release).equals(release)) {
      directories.add(release);
    }
    releases.forEach(
        (directory, code) -> {
          if (code.equals(release)) {
            directories.add(directory);
          }
        });
    return directories;
  }

  /**
   * Returns the file with the code of a class that is being loaded, or empty if it is the file that
   * its loader reads.
   *
   * @param className name with {@code .}
   */
  Optional<Moved> moved(String className, CodePlace place) {
    for (Map.Entry<Path, Path> layer : releases.entrySet()) {
      Optional<ClassFile> file = ClassFile.of(className, place, layer.getKey());
      if (file.isPresent() && changed.contains(file.get())) {
        return layer.getKey().equals(layer.getValue())
            ? Optional.empty()
            : Optional.of(new Moved(file.get(), layer.getKey(), layer.getValue()));
      }
    }
    return Optional.empty();
  }

  private Path codeOf(Path directory) {
    @Nullable Path code = releases.get(directory);
    return code == null ? directory : code;
  }

  /**
   * A class whose loader reads it in one release and whose code comes from another.
   *
   * @param file its place, the same in both
   * @param loaded the directory of the release that the loader reads
   * @param code the directory of the release whose code it gets
   */
  record Moved(ClassFile file, Path loaded, Path code) {}
}
