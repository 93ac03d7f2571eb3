package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.reload.CodePlace;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changed classes that this JVM has loaded, found by the place that each came from, not just by
 * name.
 *
 * @param classes classes that came from a changed file
 * @param objection the reason why they must not be redefined, one line; empty if they may
 */
record LoadedClasses(List<LoadedClass> classes, Optional<String> objection) {

  LoadedClasses {
    classes = List.copyOf(classes);
  }

  /**
   * Looks for them.
   *
   * @param application recognises the classes that do not count
   * @param directories directories of the releases that class loaders may have read them from
   */
  static LoadedClasses of(
      Instrumentation instrumentation,
      ApplicationClasses application,
      List<ChangedClass> changes,
      Collection<Path> directories) {
    return changes.isEmpty()
        ? new LoadedClasses(List.of(), Optional.empty())
        : new Search(instrumentation, application, changes, directories).search();
  }

  /** Returns the classes, or declines if there is an objection. */
  List<LoadedClass> orDecline() throws ReloadDeclinedException {
    if (objection.isPresent()) {
      throw new ReloadDeclinedException(objection.get());
    }
    return classes;
  }

  private static final class Search {

    private final Instrumentation instrumentation;
    private final ApplicationClasses application;
    private final Collection<Path> directories;
    private final Map<String, List<ChangedClass>> changes = new LinkedHashMap<>();
    private final Map<String, List<Class<?>>> loaded = new HashMap<>();
    private final List<LoadedClass> found = new ArrayList<>();
    private @Nullable String objection;

    Search(
        Instrumentation instrumentation,
        ApplicationClasses application,
        List<ChangedClass> changes,
        Collection<Path> directories) {
      this.instrumentation = instrumentation;
      this.application = application;
      this.directories = directories;
      for (ChangedClass change : changes) {
        this.changes.computeIfAbsent(change.name(), name -> new ArrayList<>()).add(change);
      }
    }

    LoadedClasses search() {
      for (Class<?> type : instrumentation.getAllLoadedClasses()) {
        String name = nameInFile(type);
        if (changes.containsKey(name) && !application.passesOver(type)) {
          loaded.computeIfAbsent(name, ignored -> new ArrayList<>()).add(type);
        }
      }
      changes.forEach((name, candidates) -> look(loaded.getOrDefault(name, List.of()), candidates));
      return new LoadedClasses(found, Optional.ofNullable(objection));
    }

    /**
     * Strips the suffix of a hidden class, which follows a slash after the name in its class file.
     */
    private static String nameInFile(Class<?> type) {
      String name = type.getName();
      return type.isHidden() ? name.substring(0, name.lastIndexOf('/')) : name;
    }

    private void look(List<Class<?>> types, List<ChangedClass> candidates) {
      for (Class<?> type : types) {
        if (type.isHidden()) {
          object("class " + type.getName() + " is hidden, and no hidden class can be redefined");
        }
      }
      if (types.size() > 1) {
        object(
            "class "
                + types.get(0).getName()
                + " is loaded twice: by "
                + loaderOf(types.get(0))
                + " and by "
                + loaderOf(types.get(1)));
      }
      types.stream().filter(type -> !type.isHidden()).forEach(type -> look(type, candidates));
    }

    private void look(Class<?> type, List<ChangedClass> candidates) {
      Optional<CodePlace> place = CodePlace.of(type.getProtectionDomain());
      Optional<ChangedClass> change = place.flatMap(at -> changeOf(type, at, candidates));
      if (change.isEmpty()) {
        object(
            "class "
                + type.getName()
                + " changed in "
                + candidates.get(0).file().file()
                + ", but "
                + loaderOf(type)
                + " loaded it from "
                + place
                    .map(at -> at.path().normalize().toString())
                    .orElse("a place that it does not tell"));
      } else if (!instrumentation.isModifiableClass(type)) {
        object("class " + type.getName() + " cannot be redefined: the JVM says no");
      } else {
        found.add(new LoadedClass(type, change.get()));
      }
    }

    private Optional<ChangedClass> changeOf(
        Class<?> type, CodePlace place, List<ChangedClass> candidates) {
      for (Path directory : directories) {
        Optional<ClassFile> file = ClassFile.of(type.getName(), place, directory);
        for (ChangedClass candidate : candidates) {
          if (file.isPresent() && file.get().equals(candidate.file())) {
            return Optional.of(candidate);
          }
        }
      }
      return Optional.empty();
    }

    /** Keeps the first objection. */
    private void object(String line) {
      if (objection == null) {
        objection = line;
      }
    }

    private static String loaderOf(Class<?> type) {
      ClassLoader loader = type.getClassLoader();
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
