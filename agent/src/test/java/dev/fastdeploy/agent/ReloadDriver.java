package dev.fastdeploy.agent;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * An agent that prepares the strategy {@code module} as the real one does, then does what lines on
 * standard input say, and answers each with a line on standard output. The strategy is the
 * payload's, so it is called by reflection.
 */
public final class ReloadDriver {

  private final Instrumentation instrumentation;
  private final Object strategy;
  private final ClassLoader payload;

  private ReloadDriver(Instrumentation instrumentation, Preparation prepared) {
    this.instrumentation = instrumentation;
    this.strategy = Objects.requireNonNull(prepared.strategy());
    this.payload = Objects.requireNonNull(prepared.payload());
  }

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    Preparation prepared = Preparation.before(arguments == null ? "" : arguments, instrumentation);
    if (prepared == null || prepared.strategy() == null) {
      say("not prepared");
      return;
    }
    Thread thread =
        new Thread(new ReloadDriver(instrumentation, prepared)::drive, "fastdeploy-driver");
    thread.setDaemon(true);
    thread.setContextClassLoader(prepared.payload());
    thread.start();
    say("prepared");
  }

  private void drive() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        say(line.split(" ", 2)[0] + " -> " + answer(line.split(" ", -1)));
      }
    } catch (Exception failure) {
      say("ended: " + failure);
    }
  }

  private String answer(String[] words) throws Exception {
    try {
      return String.valueOf(
          switch (words[0]) {
            case "reload" -> reload(strategy, words[1], words[2]);
            case "redefine" -> reload(redefine(), words[1], words[2]);
            case "restore" -> call(strategy, "restore", release(words[1]));
            case "examine" -> call(strategy, "examine", release(words[1]), release(words[2]));
            default -> call(strategy, words[0]);
          });
    } catch (InvocationTargetException failure) {
      return String.valueOf(failure.getTargetException().getMessage());
    }
  }

  private Object redefine() throws Exception {
    return payload
        .loadClass("dev.fastdeploy.agent.reload.redefine.RedefineReload")
        .getConstructors()[0]
        .newInstance(instrumentation, strategy);
  }

  private Object reload(Object how, String from, String to) throws Exception {
    Class<?> progress = type("ReloadProgress");
    Object told =
        Proxy.newProxyInstance(
            payload,
            new Class<?>[] {progress},
            (proxy, method, arguments) -> {
              say(method.getName() + (arguments == null ? "" : " " + arguments[0]));
              return null;
            });
    Object id = contract("DeployId", "d1");
    Object request =
        type("ReloadRequest")
            .getConstructors()[0]
            .newInstance(id, release(from), release(to), told);
    return call(how, "reload", request);
  }

  private Object release(String path) throws Exception {
    Path directory = Path.of(path);
    return payload
        .loadClass("dev.fastdeploy.contract.Release")
        .getConstructors()[0]
        .newInstance(contract("Commit", directory.getFileName().toString()), directory);
  }

  private Object contract(String name, String value) throws Exception {
    return payload
        .loadClass("dev.fastdeploy.contract." + name)
        .getConstructor(String.class)
        .newInstance(value);
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return payload.loadClass("dev.fastdeploy.agent.reload." + name);
  }

  private static Object call(Object target, String name, Object... arguments) throws Exception {
    Method method =
        Arrays.stream(target.getClass().getMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException(name));
    return method.invoke(target, arguments);
  }

  /** A service may have replaced the standard streams; a line must not be torn apart either. */
  private static void say(String line) {
    System.out.print("driver: " + line + "\n");
    System.out.flush();
  }
}
