package dev.fastdeploy.agent.reload.module;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * The {@code main} of a class, by the rules of the {@code java} launcher: public, static and with
 * arguments. Since Java 25 (JEP 512) it may also be an instance method, have no arguments and not
 * be public.
 */
final class MainMethod {

  private static final int INSTANCE_MAIN = 25;

  private final Method method;

  private MainMethod(Method method) {
    this.method = method;
  }

  /**
   * Finds it.
   *
   * @throws NoSuchMethodException if the class has none
   */
  static MainMethod of(Class<?> type) throws NoSuchMethodException {
    boolean classic = Runtime.version().feature() < INSTANCE_MAIN;
    Method found = find(type, classic, String[].class);
    if (found == null && !classic) {
      found = find(type, false);
    }
    if (found == null) {
      throw new NoSuchMethodException("the class " + type.getName() + " has no main method");
    }
    return new MainMethod(found);
  }

  private static @Nullable Method find(Class<?> type, boolean classic, Class<?>... parameters) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        Method method = each.getDeclaredMethod("main", parameters);
        if (fits(method, classic)) {
          return method;
        }
      } catch (NoSuchMethodException notHere) {
        // Perhaps in a superclass.
      }
    }
    return null;
  }

  private static boolean fits(Method method, boolean classic) {
    int modifiers = method.getModifiers();
    boolean visible =
        classic
            ? Modifier.isPublic(modifiers) && Modifier.isStatic(modifiers)
            : !Modifier.isPrivate(modifiers);
    return visible && method.getReturnType() == void.class;
  }

  /**
   * Calls it.
   *
   * @throws Throwable if it throws it
   */
  void invoke(Class<?> type, String[] arguments) throws Throwable {
    method.setAccessible(true);
    try {
      Object target = Modifier.isStatic(method.getModifiers()) ? null : instance(type);
      if (method.getParameterCount() == 0) {
        method.invoke(target);
      } else {
        method.invoke(target, (Object) arguments);
      }
    } catch (InvocationTargetException failure) {
      throw failure.getCause() == null ? failure : failure.getCause();
    }
  }

  private static Object instance(Class<?> type) throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
