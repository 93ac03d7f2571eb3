package dev.fastdeploy.agent.reload.module;

import org.jboss.modules.Module;
import org.jboss.modules.ModuleClassLoader;
import org.jboss.modules.ModuleFinder;
import org.jboss.modules.ModuleLoader;
import org.jboss.modules.ModuleSpec;
import org.jspecify.annotations.Nullable;

/** Loads the one module of a generation, and knows the generation that its classes are of. */
final class GenerationLoader extends ModuleLoader {

  private volatile @Nullable Generation generation;

  GenerationLoader(ModuleSpec spec) {
    super((ModuleFinder) (name, delegate) -> name.equals(spec.getName()) ? spec : null);
  }

  void belongsTo(Generation owner) {
    generation = owner;
  }

  /** The generation whose loader this is, or is above; nothing for other loaders. */
  static @Nullable Generation generationOf(@Nullable ClassLoader loader) {
    GenerationLoader owner = above(loader);
    return owner == null ? null : owner.generation;
  }

  /** Whether classes of a loader are an application's. */
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

  /** No name for the class loader: it would stand in each line of a stack trace. */
  @Override
  public @Nullable String getModuleDescription(Module module) {
    return null;
  }

  @Override
  public String toString() {
    return "fastdeploy";
  }
}
