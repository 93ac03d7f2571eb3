package dev.fastdeploy.agent.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/**
 * An application of which there are several releases: a resource on its class path says which one
 * it is and what it does, one word a step. Files in the directory of its first argument tell it
 * when to go on. Needs nothing but the JDK.
 */
public final class ReleasedApplication {

  /** The resource. */
  public static final String RESOURCE = "release.properties";

  /** Its classes. */
  public static final List<Class<?>> CLASSES =
      List.of(ReleasedApplication.class, Below.class, Exiting.class);

  private static final CountDownLatch END = new CountDownLatch(1);

  private static String commit = "";
  private static Path signals = Path.of("");

  private ReleasedApplication() {}

  public static void main(String[] arguments) throws Exception {
    Properties release = new Properties();
    try (InputStream in =
        ReleasedApplication.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      release.load(in);
    }
    commit = release.getProperty("commit");
    signals = Path.of(arguments[0]);
    Thread thread = Thread.currentThread();
    say(
        "main on "
            + thread.getName()
            + (thread.isDaemon() ? " daemon" : "")
            + (thread.getContextClassLoader() == ReleasedApplication.class.getClassLoader()
                ? ""
                : " with a strange context loader")
            + " "
            + Arrays.asList(arguments).subList(1, arguments.length));
    for (String step : release.getProperty("steps").split(" ", -1)) {
      take(step);
    }
    say("main ends");
  }

  private static void take(String step) throws Exception {
    String[] words = step.split(":", 2);
    switch (words[0]) {
      case "hook" -> Runtime.getRuntime().addShutdownHook(new Thread(() -> say("hook")));
      case "halting-hook" ->
          Runtime.getRuntime()
              .addShutdownHook(
                  new Thread(() -> Runtime.getRuntime().halt(Integer.parseInt(words[1]))));
      case "term-exits" -> onTerm(() -> System.exit(Integer.parseInt(words[1])));
      case "hook-ends-main" -> Runtime.getRuntime().addShutdownHook(new Thread(END::countDown));
      case "slow-hook" -> addSlowHook();
      case "await-end" -> END.await();
      case "await" -> await(words[1]);
      case "throw" -> throw new IllegalStateException("broken");
      case "exit" -> exit(Integer.parseInt(words[1]));
      case "halt" -> Runtime.getRuntime().halt(Integer.parseInt(words[1]));
      case "thread" -> start(false, () -> awaitQuietly(words[1]));
      case "daemon" -> start(true, () -> awaitQuietly(words[1]));
      case "exiting-thread" -> start(false, () -> exitStubbornly(words[1]));
      case "property" -> say(words[1] + " is " + System.getProperty(words[1]));
      case "child-exit" -> exitBelow();
      case "plug-in" -> plugIn(Path.of(words[1]));
      case "library" -> System.load(words[1]);
      case "tell" -> tell();
      case "nothing" -> {}
      default -> throw new IllegalArgumentException(step);
    }
  }

  /** By reflection: the compiler hides it from code for a given release. */
  private static void onTerm(Runnable task) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object running =
        Proxy.newProxyInstance(
            ReleasedApplication.class.getClassLoader(),
            new Class<?>[] {handler},
            (self, method, arguments) -> {
              task.run();
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), running);
  }

  /** A daemon, so that nothing of the application keeps the JVM alive while it runs. */
  private static void addSlowHook() {
    Thread hook = new Thread(() -> awaitQuietly("never"), "the-slow-hook");
    hook.setDaemon(true);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Runs a plug-in that is not on the class path and calls the application. */
  private static void plugIn(Path jar) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      Class<?> plugIn = loader.loadClass("dev.fastdeploy.agent.testing.ReleasedPlugIn");
      ((Runnable) plugIn.getConstructor().newInstance()).run();
    }
  }

  /** What the plug-in calls. */
  public static void plugInSays(String text) {
    say("plug-in " + text);
  }

  /** Asks for the end of the JVM from a class whose loader is another, below the application's. */
  private static void exitBelow() throws Exception {
    ClassLoader own = ReleasedApplication.class.getClassLoader();
    String name = Exiting.class.getName();
    byte[] bytes;
    try (InputStream in = own.getResourceAsStream(name.replace('.', '/') + ".class")) {
      bytes = in.readAllBytes();
    }
    ClassLoader below = new Below(own, bytes);
    ((Runnable) below.loadClass(name).getConstructor().newInstance()).run();
    say("the end did not come");
  }

  /** A loader of one class, which its parent has too. */
  static final class Below extends ClassLoader {
    private final byte[] bytes;

    Below(ClassLoader parent, byte[] bytes) {
      super(parent);
      this.bytes = bytes;
    }

    @Override
    protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
      return wanted.equals(Exiting.class.getName())
          ? defineClass(wanted, bytes, 0, bytes.length)
          : super.loadClass(wanted, resolve);
    }
  }

  /** Asks for the end of the JVM. */
  public static final class Exiting implements Runnable {
    public Exiting() {}

    @Override
    public void run() {
      System.exit(6);
    }
  }

  /** What a release may tell otherwise. */
  private static void tell() {
    say("old body");
  }

  private static void exit(int code) {
    System.exit(code);
    say("System.exit returned");
  }

  private static void start(boolean daemon, Runnable task) {
    Thread thread = new Thread(task, "application");
    thread.setDaemon(daemon);
    thread.start();
  }

  /** Takes no interrupt for an answer. */
  private static void exitStubbornly(String file) {
    while (!Files.exists(signals.resolve(file))) {
      Thread.interrupted();
      Thread.onSpinWait();
    }
    say("asks for the end");
    exit(9);
  }

  private static void awaitQuietly(String file) {
    try {
      await(file);
    } catch (InterruptedException stopped) {
      say("a thread was interrupted");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void await(String file) throws IOException, InterruptedException {
    while (!Files.exists(signals.resolve(file))) {
      Thread.sleep(10);
    }
  }

  private static void say(String line) {
    System.out.print(commit + ": " + line + "\n");
  }
}
