package dev.fastdeploy.agent.reload.module;

import java.util.List;
import java.util.Set;
import org.jboss.modules.DependencySpec;
import org.jboss.modules.LocalDependencySpecBuilder;
import org.jboss.modules.LocalLoader;
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

  private final Class<?> calls;

  private CallsClass(Class<?> calls) {
    this.calls = calls;
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
