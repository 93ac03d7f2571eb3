package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.jboss.modules.DependencySpec;
import org.jboss.modules.Module;
import org.jboss.modules.ModuleDependencySpecBuilder;
import org.jboss.modules.ModuleLoadException;
import org.jboss.modules.ModuleSpec;
import org.jboss.modules.ResourceLoaderSpec;

/** The classes of one release in a class loader of their own, a JBoss module. */
final class ReleaseModule implements AutoCloseable {

  private final GenerationLoader modules;
  private final ClassLoader loader;
  private final List<Root> roots;

  private ReleaseModule(GenerationLoader modules, ClassLoader loader, List<Root> roots) {
    this.modules = modules;
    this.loader = loader;
    this.roots = roots;
  }

  /**
   * Opens every jar and reads its table of contents. Runs no code of the application.
   *
   * @param name name of the release
   * @param places the class path, in order
   * @throws IOException if one of them cannot be read
   */
  static ReleaseModule open(String name, List<Path> places) throws IOException {
    List<Root> roots = new ArrayList<>();
    try {
      for (Path place : places) {
        open(place, roots);
      }
      ModuleSpec spec = spec(name, roots);
      GenerationLoader modules = new GenerationLoader(spec);
      return new ReleaseModule(modules, modules.loadModule(name).getClassLoader(), roots);
    } catch (ModuleLoadException | ClassNotFoundException | UncheckedIOException failure) {
      close(roots);
      throw new IOException(Diagnostics.reason(failure), failure);
    } catch (Throwable failure) {
      close(roots);
      throw failure;
    }
  }

  private static void open(Path place, List<Root> roots) throws IOException {
    try {
      roots.add(Root.open(place));
    } catch (ZipException noJar) {
      // An empty file, or "._a.jar" matched by a wildcard. The JDK's loader skips it too.
    } catch (IOException failure) {
      throw new IOException("'" + place + "': " + Diagnostics.reason(failure), failure);
    }
  }

  /** Puts the JDK first, as the JDK's own loaders do. */
  private static ModuleSpec spec(String name, List<Root> roots) throws ClassNotFoundException {
    ModuleSpec.Builder builder = ModuleSpec.build(name);
    for (java.lang.Module module : ModuleLayer.boot().modules()) {
      builder.addDependency(jdk(module.getName()));
    }
    builder.addDependency(CallsClass.dependency());
    for (Root root : roots) {
      builder.addResourceRoot(ResourceLoaderSpec.createResourceLoaderSpec(root));
    }
    builder.addDependency(DependencySpec.OWN_DEPENDENCY);
    builder.setFallbackLoader(new PlatformClasses());
    return builder.create();
  }

  private static DependencySpec jdk(String name) {
    return new ModuleDependencySpecBuilder()
        .setName(name)
        .setModuleLoader(Module.getSystemModuleLoader())
        .setImportServices(true)
        .build();
  }

  /** Returns the class loader of the application. */
  ClassLoader loader() {
    return loader;
  }

  /** Records the owner of these classes, for code that only has the loader. */
  void belongsTo(Generation generation) {
    modules.belongsTo(generation);
  }

  /** Closes the jars. Classes not loaded by then can no longer be loaded. */
  @Override
  public void close() {
    close(roots);
  }

  private static void close(List<Root> roots) {
    for (Root root : roots) {
      try {
        root.close();
      } catch (UncheckedIOException failure) {
        Diagnostics.say("a jar was not closed: " + Diagnostics.reason(failure));
      }
    }
  }
}
