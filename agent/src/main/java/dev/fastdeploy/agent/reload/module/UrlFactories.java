package dev.fastdeploy.agent.reload.module;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLConnection;
import java.util.Map;
import java.util.Set;
import org.jboss.modules.Module;

/**
 * Gives the JVM's two URL factories back. They can be set once in a JVM, JBoss Modules sets them
 * with its first class, and an application may want its own: Tomcat does.
 */
final class UrlFactories {

  private static final String FIELD = "factory";

  private UrlFactories() {}

  /**
   * Initialises JBoss Modules and takes back what that set.
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
    Class.forName(Module.class.getName(), true, Module.class.getClassLoader());
    takeBack(URL.class);
    takeBack(URLConnection.class);
  }

  private static void takeBack(Class<?> owner) throws ReflectiveOperationException {
    Field field = owner.getDeclaredField(FIELD);
    field.setAccessible(true);
    Object factory = field.get(null);
    if (factory != null
        && factory.getClass().getName().startsWith(Module.class.getPackageName() + ".")) {
      field.set(null, null);
    }
  }
}
