package dev.fastdeploy.agent.reload.module;

import org.jboss.modules.Module;
import org.jboss.modules.ModuleClassLoader;
import org.jboss.modules.ModuleFinder;
import org.jboss.modules.ModuleLoader;
import org.jboss.modules.ModuleSpec;
import org.jspecify.annotations.Nullable;

/** Loads the one module of a generation, and knows the generation of its classes. */
final class GenerationLoader extends ModuleLoader {

  private volatile @Nullable Generation generation;

  GenerationLoader(ModuleSpec spec) {
    super((ModuleFinder) (name, delegate) -> name.equals(spec.getName()) ? spec : null);
  }

  void belongsTo(Generation owner) {
    generation = owner;
  }

  /** Returns the generation of this loader or of one above it, or null if there is none. */
  static @Nullable Generation generationOf(@Nullable ClassLoader loader) {
    GenerationLoader owner = above(loader);
    return owner == null ? null : owner.generation;
  }

  /** Returns true if a loader's classes are an application's. */
  static boolean isApplications(@Nullable ClassLoader loader) {
    return above(loader) != null;
  }

  private static @Nullable GenerationLoader above(@Nullable ClassLoader loader) {
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      if (each instanceof ModuleClassLoader module
          && module.getModule().getModuleLoader() instanceof GenerationLoader owner) {
        return owner;
      }
    }
    return null;
  }

  /** Returns no name for the class loader, which would appear in each line of a stack trace. */
  @Override
  public @Nullable String getModuleDescription(Module module) {
    return null;
  }

  @Override
  public String toString() {
    return "fastdeploy";
  }
}
