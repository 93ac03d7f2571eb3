package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Method handles of the JDK itself, which keep their latest adaptation, such as {@code equals} of
 * the last record whose components are the application's. They hold it softly from Java 19 on,
 * strongly before.
 */
final class MethodHandleCaches implements Step {

  private static final String HANDLE = "java.lang.invoke.MethodHandle";
  private static final Set<String> PACKAGES = Set.of("java.lang.invoke", "java.lang.runtime");

  private static final List<String> CACHES = List.of("asTypeCache", "asTypeSoftCache");

  private final JdkInternals jdk;

  MethodHandleCaches(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "the JDK's method handles";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Reach reach = new Reach(jdk, old);
    for (Field constant : constants()) {
      String name = constant.getDeclaringClass().getName() + "." + constant.getName();
      Object handle = jdk.readStatic(constant.getDeclaringClass().getName(), constant.getName());
      for (String cache : CACHES) {
        if (handle != null
            && jdk.has(HANDLE, cache)
            && reach.leadsToOld(jdk.read(HANDLE, handle, cache))) {
          found.add(new Leftover("cache of " + name, () -> jdk.write(HANDLE, handle, cache, null)));
        }
      }
    }
    return found;
  }

  private List<Field> constants() throws InaccessibleException {
    List<Field> constants = new ArrayList<>();
    for (Class<?> type : jdk.instrumentation().getAllLoadedClasses()) {
      if (type.getClassLoader() == null
          && PACKAGES.contains(type.getPackageName())
          && !type.isHidden()
          && !type.isArray()
          && jdk.initialised(type.getName())) {
        for (Field field : jdk.declaredFields(type)) {
          if (Modifier.isStatic(field.getModifiers()) && field.getType() == MethodHandle.class) {
            constants.add(field);
          }
        }
      }
    }
    return constants;
  }
}
