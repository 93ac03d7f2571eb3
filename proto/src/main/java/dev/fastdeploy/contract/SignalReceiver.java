package dev.fastdeploy.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Receives signals of the process. Uses {@code sun.misc.Signal} of {@code jdk.unsupported} by
 * reflection: the compiler hides it from code for a given release.
 */
public final class SignalReceiver {

  private SignalReceiver() {}

  /**
   * Passes signals to a receiver from now on, instead of what the JVM would do.
   *
   * @param names without SIG; those that the JVM keeps for itself (-Xrs) are left to it
   * @param receiver gets the name without SIG, on a thread of the JVM
   * @return false if this Java runtime lacks the module jdk.unsupported: nothing is received
   */
  public static boolean receive(List<String> names, Consumer<String> receiver) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              SignalReceiver.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> answer(self, method, arguments, receiver));
      for (String name : names) {
        handle(name, handler, proxy);
      }
      return true;
    } catch (ReflectiveOperationException noSuchModule) {
      return false;
    }
  }

  /** Lets the JVM end at signals, as it does by default. */
  public static void leaveToTheJvm(List<String> names) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (String name : names) {
        handle(name, handler, handler.getField("SIG_DFL").get(null));
      }
    } catch (ReflectiveOperationException noSuchModule) {
      // Nothing was received then, either.
    }
  }

  private static Object answer(
      Object self, Method method, Object[] arguments, Consumer<String> receiver)
      throws ReflectiveOperationException {
    return switch (method.getName()) {
      case "handle" -> {
        Object signal = arguments[0];
        receiver.accept((String) signal.getClass().getMethod("getName").invoke(signal));
        yield true;
      }
      case "hashCode" -> System.identityHashCode(self);
      case "equals" -> self == arguments[0];
      default -> "signal handler of fastdeploy";
    };
  }

  private static void handle(String name, Class<?> handler, Object how)
      throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    try {
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), how);
    } catch (InvocationTargetException refused) {
      // The JVM keeps some signals for itself if started with -Xrs or similar options.
      if (!(refused.getCause() instanceof IllegalArgumentException)) {
        throw refused;
      }
    }
  }
}
