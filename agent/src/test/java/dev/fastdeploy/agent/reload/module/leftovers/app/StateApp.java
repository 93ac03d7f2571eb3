package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets what is the whole JVM's. */
public final class StateApp implements Runnable {

  @Override
  public void run() {
    System.setProperty("lab.changed", "by the application");
    System.setProperty("lab.added", "by the application");
    System.clearProperty("lab.removed");
    Properties own = new OwnProperties();
    own.putAll(System.getProperties());
    System.setProperties(own);
    System.setIn(new ByteArrayInputStream(new byte[0]));
    System.setOut(new OwnStream());
    System.setErr(new OwnStream());
    Locale.setDefault(Locale.KOREA);
    Locale.setDefault(Locale.Category.FORMAT, Locale.ITALY);
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"));
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
    Logger root = Logger.getLogger("");
    root.setLevel(Level.FINEST);
    root.removeHandler(root.getHandlers()[0]);
    handle("TERM");
    handle("USR2");
  }

  /** By name: the compiler warns of it whatever it is told. */
  private static void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object own =
          Proxy.newProxyInstance(
              StateApp.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> null);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), own);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static final class OwnProperties extends Properties {
    private static final long serialVersionUID = 1;
  }

  private static final class OwnStream extends PrintStream {
    OwnStream() {
      super(OutputStream.nullOutputStream());
    }
  }
}
