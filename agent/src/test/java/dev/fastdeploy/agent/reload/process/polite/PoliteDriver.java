package dev.fastdeploy.agent.reload.process.polite;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An agent with nothing but {@link PoliteServers}, in a loader of its own as the payload is, and an
 * application of {@link SampleServer}s. Each line on standard input is a command, and is answered
 * by one on standard output: {@code start KIND} starts a server of the application, {@code own
 * KIND} one within the agent's loader, {@code polite} calls the servers' end.
 */
public final class PoliteDriver {

  /** Begins each answer. */
  static final String ANSWER = "answer: ";

  private final Instrumentation instrumentation;
  private final ClassLoader payload;

  private PoliteDriver(Instrumentation instrumentation, ClassLoader payload) {
    this.instrumentation = instrumentation;
    this.payload = payload;
  }

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation instrumentation)
      throws MalformedURLException {
    List<URL> places = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      places.add(Path.of(entry).toUri().toURL());
    }
    ClassLoader payload =
        new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    open(instrumentation);
    Thread thread = new Thread(new PoliteDriver(instrumentation, payload)::run, "driver");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Opens a package, as the agent's hooks do. Where a JVM has never changed a module before it
   * transforms its first class, that fails for good from then on (ClassCircularityError).
   */
  private static void open(Instrumentation instrumentation) {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(PoliteDriver.class.getModule())),
        Set.of(),
        Map.of());
  }

  /** The application, which stays. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.currentThread().join();
  }

  private void run() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(ANSWER + answer(line.split(" ", -1)));
      }
      // Its test is gone.
      System.exit(0);
    } catch (IOException | ReflectiveOperationException failure) {
      failure.printStackTrace();
      System.exit(1);
    }
  }

  private String answer(String... command) throws ReflectiveOperationException {
    return switch (command[0]) {
      case "start" -> start(ClassLoader.getSystemClassLoader(), command[1]);
      case "own" -> start(payload, command[1]);
      default -> makePolite();
    };
  }

  private static String start(ClassLoader loader, String kind) throws ReflectiveOperationException {
    return loader
        .loadClass(SampleServer.class.getName())
        .getMethod("start", String.class)
        .invoke(null, kind)
        .toString();
  }

  private String makePolite() throws ReflectiveOperationException {
    Class<?> type = payload.loadClass(PoliteServers.class.getName());
    Object changed =
        type.getMethod("endKeptAlive")
            .invoke(type.getConstructor(Instrumentation.class).newInstance(instrumentation));
    List<?> names = (List<?>) changed.getClass().getMethod("names").invoke(changed);
    return names.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
