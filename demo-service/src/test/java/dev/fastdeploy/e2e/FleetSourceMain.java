package dev.fastdeploy.e2e;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks sources of a fleet, one after the other, as the command in {@code fastdeploy.jar} does. */
final class FleetSourceMain {

  private static final String SOURCE = "dev.fastdeploy.launcher.fleet.source.FleetSource";

  private FleetSourceMain() {}

  /**
   * Prints the answer of each source.
   *
   * @param arguments {@code fastdeploy.jar}, where its libraries are unpacked, and the sources
   */
  public static void main(String[] arguments) throws Exception {
    // Of the jar, which this module is not compiled against.
    Class<?> type = Class.forName("dev.fastdeploy.contract.Payload");
    Object jar = type.getConstructor(Path.class).newInstance(Path.of(arguments[0]));
    ClassLoader payload =
        (ClassLoader) type.getMethod("open", Path.class).invoke(jar, Path.of(arguments[1]));
    Thread.currentThread().setContextClassLoader(payload);
    Method parse = payload.loadClass(SOURCE + "s").getMethod("parse", String.class);
    Method ask = payload.loadClass(SOURCE).getMethod("ask");
    for (int i = 2; i < arguments.length; i++) {
      try (AutoCloseable source = (AutoCloseable) parse.invoke(null, arguments[i])) {
        System.out.println(answer(ask, source));
      }
    }
  }

  /** A question has 10 s, in which a busy machine does not load what the first one needs. */
  private static String answer(Method ask, Object source) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(45);
    String answer = String.valueOf(ask.invoke(source));
    while (answer.startsWith("Unknown[") && System.nanoTime() < end) {
      Thread.sleep(100);
      answer = String.valueOf(ask.invoke(source));
    }
    return answer;
  }
}
