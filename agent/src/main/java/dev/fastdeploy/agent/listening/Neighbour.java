package dev.fastdeploy.agent.listening;

import java.lang.invoke.MethodHandles;

/**
 * Defines a class beside another one. Loaded once more by {@link ListeningHooks}, in a class loader
 * of its own: a package of the JDK is opened to that loader's module alone, and not to the
 * application, which shares this class's.
 */
public final class Neighbour {

  private Neighbour() {}

  /**
   * Defines a class in the package, the loader and the module of another one, and returns an
   * instance of it.
   */
  public static Object define(Class<?> beside, byte[] file) throws ReflectiveOperationException {
    return MethodHandles.privateLookupIn(beside, MethodHandles.lookup())
        .defineClass(file)
        .getDeclaredConstructor()
        .newInstance();
  }
}
