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
 * The only class of the agent that applications call, instead of {@link Runtime} and {@link
 * System}. It is the system loader's: the payload has a class of the same name, which nobody calls.
 */
final class CallsClass implements LocalLoader {

  /** The name of the class. */
  static final String NAME = "dev.fastdeploy.agent.ApplicationCalls";

  private static final String FOLDER = "dev/fastdeploy/agent";

  /**
   * The answers by loader. Each loader is asked only once, because that runs the application's
   * code.
   */
  private static final Map<ClassLoader, Boolean> VISIBLE =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * The loader being asked. Classes that it loads meanwhile are not asked for, to avoid endless
   * recursion.
   */
  private static final ThreadLocal<ClassLoader> ASKING = new ThreadLocal<>();

  private final Class<?> calls;

  private CallsClass(Class<?> calls) {
    this.calls = calls;
  }

  /**
   * Returns true if the classes of an application's loader can refer to it. A loader below the
   * module's may hide classes that it does not know, as OSGi's do.
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

  /** Returns a dependency that makes it visible to a module, and no other class of the agent. */
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
