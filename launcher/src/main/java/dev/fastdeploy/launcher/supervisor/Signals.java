package dev.fastdeploy.launcher.supervisor;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Receives signals and passes them on. Receiving is {@code sun.misc.Signal} of {@code
 * jdk.unsupported}, by reflection: the compiler hides it from code for a given release. Java 17 can
 * send TERM and KILL only; for the others the {@code kill} program is looked up once.
 */
final class Signals {

  private static final List<String> PASSED_ON = List.of("TERM", "INT", "HUP", "USR1", "WINCH");

  private final Optional<Path> killProgram = find("kill");

  /**
   * Has a receiver told of every signal that is meant for the service, from now on.
   *
   * @param receiver gets the name without SIG, on a thread of the JVM
   */
  void receive(Consumer<String> receiver) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> answer(self, method, arguments, receiver));
      for (String name : PASSED_ON) {
        handle(signal, handle, name, proxy);
      }
    } catch (ReflectiveOperationException noSuchModule) {
      throw new IllegalStateException(
          "this JVM lacks the module jdk.unsupported, without which no signal can be received",
          noSuchModule);
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

  private static void handle(Class<?> signal, Method handle, String name, Object proxy)
      throws ReflectiveOperationException {
    try {
      handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (InvocationTargetException refused) {
      // The JVM keeps some signals for itself when it was started so (-Xrs and others).
      if (!(refused.getCause() instanceof IllegalArgumentException)) {
        throw refused;
      }
    }
  }

  /** The number of a signal on Linux, for the exit code 128 + n (signal(7)). */
  static int number(String name) {
    return switch (name) {
      case "HUP" -> 1;
      case "INT" -> 2;
      case "USR1" -> 10;
      case "WINCH" -> 28;
      default -> 15;
    };
  }

  /** Whether a signal asks for the end. */
  static boolean isStop(String name) {
    return name.equals("TERM") || name.equals("INT");
  }

  /** Sends a signal to a process; where that is impossible, a stop is sent as TERM. */
  void send(String name, Process process) {
    if (name.equals("TERM")) {
      process.destroy();
    } else if (killProgram.isPresent()) {
      try {
        new ProcessBuilder(killProgram.get().toString(), "-s", name, Long.toString(process.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException cannotStart) {
        stopOtherwise(name, process);
      }
    } else {
      stopOtherwise(name, process);
    }
  }

  private static void stopOtherwise(String name, Process process) {
    if (isStop(name)) {
      process.destroy();
    }
  }

  private static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Arrays.stream(path.split(":", -1)), Stream.of("/bin", "/usr/bin"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
