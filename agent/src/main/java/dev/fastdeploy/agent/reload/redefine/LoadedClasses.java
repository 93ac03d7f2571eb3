package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM has loaded of the classes that changed: by the place that each came from, not by
 * name alone.
 *
 * @param classes that came from a changed file
 * @param objection why they must not be redefined, one line; nothing if they may
 */
record LoadedClasses(List<LoadedClass> classes, Optional<String> objection) {

  LoadedClasses {
    classes = List.copyOf(classes);
  }

  /**
   * Looks for them.
   *
   * @param directories of the releases that class loaders may have read them from
   */
  static LoadedClasses of(
      Instrumentation instrumentation, List<ChangedClass> changes, Collection<Path> directories) {
    return changes.isEmpty()
        ? new LoadedClasses(List.of(), Optional.empty())
        : new Search(instrumentation, changes, directories).search();
  }

  /** Says no if there is an objection. */
  List<LoadedClass> orDecline() throws ReloadDeclinedException {
    if (objection.isPresent()) {
      throw new ReloadDeclinedException(objection.get());
    }
    return classes;
  }

  private static final class Search {

    private final Instrumentation instrumentation;
    private final Collection<Path> directories;
    private final Map<String, List<ChangedClass>> changes = new HashMap<>();
    private final Map<String, Class<?>> seen = new HashMap<>();
    private final List<LoadedClass> found = new ArrayList<>();
    private @Nullable String objection;

    Search(
        Instrumentation instrumentation, List<ChangedClass> changes, Collection<Path> directories) {
      this.instrumentation = instrumentation;
      this.directories = directories;
      for (ChangedClass change : changes) {
        this.changes.computeIfAbsent(change.name(), name -> new ArrayList<>()).add(change);
      }
    }

    LoadedClasses search() {
      for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
        List<ChangedClass> candidates = changes.get(nameInFile(loaded));
        if (candidates != null) {
          look(loaded, candidates);
        }
      }
      return new LoadedClasses(found, Optional.ofNullable(objection));
    }

    /** A hidden class has the name in its class file and a suffix after a slash. */
    private static String nameInFile(Class<?> loaded) {
      String name = loaded.getName();
      return loaded.isHidden() ? name.substring(0, name.lastIndexOf('/')) : name;
    }

    private void look(Class<?> loaded, List<ChangedClass> candidates) {
      if (loaded.isHidden()) {
        object("class " + loaded.getName() + " is hidden, and no hidden class can be redefined");
        return;
      }
      Class<?> other = seen.put(loaded.getName(), loaded);
      if (other != null) {
        object(
            "class "
                + loaded.getName()
                + " is loaded twice: by "
                + loaderOf(other)
                + " and by "
                + loaderOf(loaded));
      }
      Optional<ChangedClass> change = changeOf(loaded, candidates);
      if (change.isEmpty()) {
        object(
            "class "
                + loaded.getName()
                + " changed in "
                + candidates.get(0).file().file()
                + ", but "
                + loaderOf(loaded)
                + " loaded it from "
                + CodePlace.of(loaded.getProtectionDomain())
                    .map(place -> place.path().toString())
                    .orElse("a place that it does not tell"));
      } else if (!instrumentation.isModifiableClass(loaded)) {
        object("class " + loaded.getName() + " cannot be redefined: the JVM says no");
      } else {
        found.add(new LoadedClass(loaded, change.get()));
      }
    }

    private Optional<ChangedClass> changeOf(Class<?> loaded, List<ChangedClass> candidates) {
      Optional<CodePlace> place = CodePlace.of(loaded.getProtectionDomain());
      for (Path directory : directories) {
        Optional<ClassFile> file = place.flatMap(at -> at.fileOf(loaded.getName(), directory));
        for (ChangedClass candidate : candidates) {
          if (file.isPresent() && file.get().equals(candidate.file())) {
            return Optional.of(candidate);
          }
        }
      }
      return Optional.empty();
    }

    private void object(String line) {
      if (objection == null) {
        objection = line;
      }
    }

    private static String loaderOf(Class<?> loaded) {
      ClassLoader loader = loaded.getClassLoader();
      if (loader == null) {
        return "the JVM's own loader";
      }
      String name = loader.getName();
      return "the loader "
          + (name == null ? "" : "'" + name + "' ")
          + loader.getClass().getName()
          + "@"
          + Integer.toHexString(System.identityHashCode(loader));
    }
  }
}
