package dev.fastdeploy.agent.reload.module;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jboss.modules.DependencySpec;
import org.jboss.modules.LocalDependencySpecBuilder;
import org.jboss.modules.LocalLoader;
import org.jboss.modules.ModuleClassLoader;
import org.jboss.modules.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The one class of the agent that applications call, in place of {@link Runtime} and {@link
 * System}. It is the system loader's: the payload has a class of the same name, which nobody calls.
 */
final class CallsClass implements LocalLoader {

  /** Its name. */
  static final String NAME = "dev.fastdeploy.agent.ApplicationCalls";

  private static final String FOLDER = "dev/fastdeploy/agent";

  /** By loader. It asks code of the application, so once for each. */
  private static final Map<ClassLoader, Boolean> VISIBLE =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** What is loaded while it is asked is not asked for: it could go on for ever. */
  private static final ThreadLocal<ClassLoader> ASKING = new ThreadLocal<>();

  private final Class<?> calls;

  private CallsClass(Class<?> calls) {
    this.calls = calls;
  }

  /**
   * Whether the classes of a loader of an application can refer to it. A loader below the module's
   * may hide what it does not know: OSGi's do.
   */
  static boolean isVisibleTo(ClassLoader loader) {
    if (loader instanceof ModuleClassLoader) {
      return true;
    }
    Boolean known = VISIBLE.get(loader);
    if (known == null) {
      if (ASKING.get() == loader) {
        return false;
      }
      ASKING.set(loader);
      try {
        known = finds(loader);
      } finally {
        ASKING.remove();
      }
      VISIBLE.put(loader, known);
    }
    return known;
  }

  private static boolean finds(ClassLoader loader) {
    try {
      return Class.forName(NAME, false, loader).getClassLoader()
          == ClassLoader.getSystemClassLoader();
    } catch (ClassNotFoundException | LinkageError | RuntimeException hidden) {
      return false;
    }
  }

  /** Makes a module see it, and no other class of the agent. */
  static DependencySpec dependency() throws ClassNotFoundException {
    LocalLoader loader = new CallsClass(ClassLoader.getSystemClassLoader().loadClass(NAME));
    return new LocalDependencySpecBuilder()
        .setLocalLoader(loader)
        .setLoaderPaths(Set.of(FOLDER))
        .build();
  }

  @Override
  public @Nullable Class<?> loadClassLocal(String name, boolean resolve) {
    return name.equals(NAME) ? calls : null;
  }

  @Override
  public @Nullable Package loadPackageLocal(String name) {
    return null;
  }

  @Override
  public List<Resource> loadResourceLocal(String name) {
    return List.of();
  }
}
