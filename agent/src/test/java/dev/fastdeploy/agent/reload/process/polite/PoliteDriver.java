package dev.fastdeploy.agent.reload.process.polite;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent with nothing but {@link PoliteServers}, in a loader of its own as the payload is. Calls
 * it for each line {@code polite} on standard input, and prints the names and how long it took. The
 * arguments {@code own} start a server within the agent's loader first.
 */
public final class PoliteDriver {

  private PoliteDriver() {}

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
    List<URL> places = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      places.add(Path.of(entry).toUri().toURL());
    }
    ClassLoader payload =
        new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    if (arguments != null) {
      System.out.println(
          "ports "
              + payload
                  .loadClass(SampleServer.class.getName())
                  .getMethod("start", String.class)
                  .invoke(null, arguments));
    }
    Thread thread = new Thread(() -> run(payload, instrumentation), "driver");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(ClassLoader payload, Instrumentation instrumentation) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long begin = System.nanoTime();
        Class<?> type =
            payload.loadClass("dev.fastdeploy.agent.reload.process.polite.PoliteServers");
        Object names =
            type.getMethod("endKeptAlive")
                .invoke(type.getConstructor(Instrumentation.class).newInstance(instrumentation));
        System.out.println(names + " in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
      }
    } catch (IOException | ReflectiveOperationException failure) {
      System.out.println("the driver ended: " + failure);
    }
  }
}
