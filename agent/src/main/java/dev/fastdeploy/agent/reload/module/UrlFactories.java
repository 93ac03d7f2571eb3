package dev.fastdeploy.agent.reload.module;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.modules.Module;

/**
 * Frees the JVM's two URL factories. They can be set once per JVM. JBoss Modules sets them with its
 * first class, and an application may want its own, as Tomcat does.
 */
final class UrlFactories {

  private static final String FIELD = "factory";

  private UrlFactories() {}

  /**
   * Initialises JBoss Modules and undoes what that set.
   *
   * @throws ReflectiveOperationException if this JDK keeps the factories elsewhere
   */
  static void initialiseWithout(Instrumentation instrumentation)
      throws ReflectiveOperationException {
    instrumentation.redefineModule(
        URL.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.net", Set.of(UrlFactories.class.getModule())),
        Set.of(),
        Map.of());
    // Looked up first: a factory that is set cannot be set again.
    List<Field> factories = List.of(factoryOf(URL.class), factoryOf(URLConnection.class));
    Class.forName(Module.class.getName(), true, Module.class.getClassLoader());
    for (Field factory : factories) {
      takeBack(factory);
    }
  }

  private static Field factoryOf(Class<?> owner) throws ReflectiveOperationException {
    Field field = owner.getDeclaredField(FIELD);
    field.setAccessible(true);
    return field;
  }

  private static void takeBack(Field field) throws ReflectiveOperationException {
    Object factory = field.get(null);
    if (factory != null
        && factory.getClass().getName().startsWith(Module.class.getPackageName() + ".")) {
      field.set(null, null);
    }
  }
}
