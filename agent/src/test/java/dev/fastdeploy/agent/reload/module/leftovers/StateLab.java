package dev.fastdeploy.agent.reload.module.leftovers;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;
import java.util.jar.JarFile;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Looks at single things in a JVM of its own and prints what it found, {@code key=value} a line.
 */
public final class StateLab {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /**
   * What a look must not initialise: an application may not have it, or has yet to configure it.
   */
  private static final List<String> THE_APPLICATIONS =
      List.of(
          "java.util.logging.LogManager",
          "java.lang.management.ManagementFactory",
          "javax.management.MBeanServerFactory",
          "java.sql.DriverManager",
          "sun.rmi.transport.ObjectTable",
          "java.beans.Introspector",
          "java.net.Authenticator",
          "java.net.ProxySelector",
          "javax.net.ssl.SSLContext",
          "javax.net.ssl.HttpsURLConnection",
          "java.io.ObjectInputFilter$Config",
          "javax.naming.spi.NamingManager",
          "sun.security.jca.Providers",
          "sun.net.www.protocol.jar.JarFileFactory",
          "java.util.TimeZone");

  private final JdkInternals jdk = JdkInternals.open(LabAgent.instrumentation());

  private StateLab() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    StateLab lab = new StateLab();
    lab.initialisesNothing().forEach(out::println);
    lab.methodHandle().forEach(out::println);
    lab.hook().forEach(out::println);
    lab.stubbornThread().forEach(out::println);
    lab.childProcess().forEach(out::println);
    lab.jarFile().forEach(out::println);
    lab.state().forEach(out::println);
    lab.registries().forEach(out::println);
    lab.nativeLibrary().forEach(out::println);
    lab.secondCopies().forEach(out::println);
    System.exit(0);
  }

  private List<String> initialisesNothing() throws Exception {
    List<String> before = initialised();
    JvmState state = JvmState.capture(jdk);
    WeakReference<ClassLoader> loader = started("NothingApp");
    List<String> said = clear(loader);
    said.addAll(state.restore(AppLoader.old(loader)));
    List<String> after = initialised();
    after.removeAll(before);
    return List.of("initialised=" + after, "said of nothing=" + said);
  }

  private List<String> initialised() throws InaccessibleException {
    jdk.lookAnew();
    List<String> found = new ArrayList<>();
    for (String name : THE_APPLICATIONS) {
      if (jdk.initialised(name)) {
        found.add(name);
      }
    }
    return found;
  }

  /** What the JDK fills once is filled by each generation, and its files can be opened again. */
  private List<String> registries() throws Exception {
    List<String> lines = new ArrayList<>();
    for (String which : List.of("first", "second")) {
      JvmState state = JvmState.capture(jdk);
      WeakReference<ClassLoader> loader = started("RegistriesApp");
      lines.add("registries of the " + which + "=" + System.getProperty("lab.registries"));
      List<String> said = clear(loader);
      said.addAll(state.restore(AppLoader.old(loader)));
      lines.add("said of the " + which + "=" + said);
    }
    return lines;
  }

  /** What is looked at must not be remembered. */
  private List<String> methodHandle() throws Exception {
    WeakReference<ClassLoader> loader = started("MethodHandleApp");
    clear(loader);
    new Leftovers(jdk).remaining(AppLoader.old(loader));
    return List.of("method handle collected=" + collected(loader));
  }

  private List<String> hook() throws Exception {
    clear(started("HookApp"));
    return List.of("hook=" + System.getProperty("lab.hook"));
  }

  /** A process that reads until its input is closed. */
  private List<String> childProcess() throws Exception {
    WeakReference<ClassLoader> loader = started("ProcessApp");
    List<String> said = clear(loader);
    Process process =
        Objects.requireNonNull((Process) System.getProperties().remove("lab.process"));
    process.getOutputStream().close();
    return List.of(
        "child=" + said.toString().replace("" + process.pid(), "PID"),
        "child collected=" + collected(loader));
  }

  private List<String> stubbornThread() throws Exception {
    WeakReference<ClassLoader> loader = started("StubbornApp");
    Deadline.in(DEADLINE).await(() -> System.getProperties().get("lab.gate") != null);
    Duration limit = Duration.ofMillis(100);
    List<String> said = new Leftovers(jdk).clear(AppLoader.old(loader), limit);
    Objects.requireNonNull((Runnable) System.getProperties().get("lab.gate")).run();
    boolean ended =
        Deadline.in(DEADLINE).await(() -> System.getProperties().get("lab.gate") == null);
    return List.of("stubborn=" + said, "stubborn ended=" + ended);
  }

  private List<String> jarFile() throws Exception {
    String jar = Path.of(System.getProperty("lab.release"), "lib.jar").toRealPath().toString();
    WeakReference<ClassLoader> loader = started("JarFileApp");
    boolean before = isOpen(jar);
    List<String> others = clear(new OldGeneration(new AppLoader(), Path.of("/elsewhere")));
    boolean meanwhile = isOpen(jar);
    clear(loader);
    return List.of(
        "jar open before=" + before,
        "jar open after another=" + meanwhile + others,
        "jar open after=" + isOpen(jar));
  }

  private static boolean isOpen(String file) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.anyMatch(each -> target(each).equals(file));
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  @SuppressWarnings("ReferenceEquality") // The same object, not one that has the same in it.
  private List<String> state() throws Exception {
    System.setProperty("lab.changed", "no");
    System.setProperty("lab.removed", "no");
    Properties properties = System.getProperties();
    InputStream in = System.in;
    PrintStream out = System.out;
    PrintStream err = System.err;
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris"));
    Locale.setDefault(Locale.FRANCE);
    Locale.setDefault(Locale.Category.FORMAT, Locale.JAPAN);
    Map<?, ?> signals = signals();
    JvmState state = JvmState.capture(jdk);
    WeakReference<ClassLoader> loader = started("StateApp");
    boolean changed = System.getProperties() != properties && System.out != out;
    boolean signalsChanged = !signals.equals(signals());
    List<String> said = clear(loader);
    said.addAll(state.restore(AppLoader.old(loader)));
    return List.of(
        "state changed=" + (changed && signalsChanged),
        "state said=" + said,
        "properties=" + (System.getProperties() == properties),
        "property changed=" + System.getProperty("lab.changed"),
        "property added=" + System.getProperty("lab.added"),
        "property removed=" + System.getProperty("lab.removed"),
        "streams=" + (System.in == in && System.out == out && System.err == err),
        "locale=" + Locale.getDefault() + " " + Locale.getDefault(Locale.Category.FORMAT),
        "zone=" + TimeZone.getDefault().getID(),
        "uncaught=" + Thread.getDefaultUncaughtExceptionHandler(),
        "signals=" + signals.equals(signals()),
        "root=" + rootLogger(),
        "state collected=" + collected(loader));
  }

  private Map<?, ?> signals() throws InaccessibleException {
    return Map.copyOf((Map<?, ?>) jdk.readStatic("jdk.internal.misc.Signal", "handlers"));
  }

  private static String rootLogger() {
    Logger root = Logger.getLogger("");
    return root.getLevel() + " " + root.getHandlers().length;
  }

  private List<String> nativeLibrary() throws Exception {
    if (System.getProperty("lab.native") == null) {
      return List.of();
    }
    NativeLibraries libraries = new NativeLibraries(jdk);
    AppLoader other = new AppLoader();
    other.run("NothingApp");
    AppLoader loader = new AppLoader();
    loader.run("NativeApp");
    return List.of("native of none=" + libraries.of(other), "native=" + libraries.of(loader));
  }

  private List<String> secondCopies() throws Exception {
    Path release = Path.of(System.getProperty("lab.release"));
    Path releases = Objects.requireNonNull(release.getParent());
    SecondCopies copies = new SecondCopies(jdk);
    LabAgent.instrumentation()
        .appendToSystemClassLoaderSearch(new JarFile(release.resolve("second.jar").toFile()));
    List<String> before = copies.names(releases, "com.example.Main");
    Class<?> unused = Class.forName("com.example.Second");
    return List.of(
        "copies before=" + before,
        "copies=" + copies.names(releases, "com.example.Main"),
        "copies but the stub=" + copies.names(releases, "com.example.Second"));
  }

  private static WeakReference<ClassLoader> started(String app)
      throws ReflectiveOperationException {
    AppLoader loader = new AppLoader();
    loader.run(app);
    return new WeakReference<>(loader);
  }

  private List<String> clear(WeakReference<ClassLoader> loader) {
    return clear(AppLoader.old(loader));
  }

  private List<String> clear(OldGeneration old) {
    return new ArrayList<>(new Leftovers(jdk).clear(old, DEADLINE));
  }

  private static boolean collected(WeakReference<ClassLoader> loader) throws InterruptedException {
    return Deadline.in(DEADLINE)
        .await(
            () -> {
              System.gc();
              return loader.get() == null;
            });
  }
}
