package dev.fastdeploy.agent.reload.module.leftovers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the native libraries that an application loaded. A library belongs to the class loader that
 * loaded it. Until that loader is collected, which nobody can guarantee, no other can load it
 * again.
 */
public final class NativeLibraries {

  private final JdkInternals jdk;

  public NativeLibraries(JdkInternals jdk) {
    this.jdk = jdk;
  }

  /**
   * Returns the libraries that a loader and those below it loaded, by file name and in order.
   *
   * @throws InaccessibleException if this JDK does not reveal them
   */
  public List<String> of(ClassLoader loader) throws InaccessibleException {
    List<String> names = new ArrayList<>();
    for (ClassLoader each : loaders(new OldGeneration(loader, Path.of("")))) {
      Object libraries = jdk.readPresent("java.lang.ClassLoader", each, "libraries");
      if (jdk.read("jdk.internal.loader.NativeLibraries", libraries, "libraries")
          instanceof Map<?, ?> loaded) {
        loaded.keySet().forEach(path -> names.add(fileName(path.toString())));
      }
    }
    Collections.sort(names);
    return names;
  }

  /**
   * Returns the loaders that have a class. One without has no library, since a class must ask for
   * it.
   */
  private Set<ClassLoader> loaders(OldGeneration generation) {
    Set<ClassLoader> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Class<?> type : jdk.instrumentation().getAllLoadedClasses()) {
      if (generation.ownsClass(type)) {
        loaders.add(type.getClassLoader());
      }
    }
    return loaders;
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
