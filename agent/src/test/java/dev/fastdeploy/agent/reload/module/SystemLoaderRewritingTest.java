package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.testing.TestJar;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.SecureClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every way to take the system class loader for the application's leads to the application's. */
class SystemLoaderRewritingTest {

  private @TempDir Path directory;
  private URLClassLoader application;
  private ClassLoader before;

  /** Takes the system class loader in every way. */
  public static final class Loaders {

    private Loaders() {}

    public static ClassLoader system() {
      return ClassLoader.getSystemClassLoader();
    }

    public static ClassLoader systemByReference() {
      Supplier<ClassLoader> system = ClassLoader::getSystemClassLoader;
      return system.get();
    }

    public static ClassLoader systemInherited() throws IOException {
      try (OfUrls loader = new OfUrls()) {
        return loader.inherited();
      }
    }

    public static ClassLoader urls() throws IOException {
      try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
        return loader.getParent();
      }
    }

    public static ClassLoader urlsByReference() {
      Function<URL[], ClassLoader> loader = URLClassLoader::new;
      return loader.apply(new URL[0]).getParent();
    }

    public static ClassLoader urlsByFactory() throws IOException {
      try (URLClassLoader loader = URLClassLoader.newInstance(new URL[0])) {
        return loader.getParent();
      }
    }

    public static ClassLoader urlsByFactoryReference() {
      Function<URL[], ClassLoader> loader = URLClassLoader::newInstance;
      return loader.apply(new URL[0]).getParent();
    }

    public static ClassLoader urlsBySubclass() throws IOException {
      try (OfUrls loader = new OfUrls()) {
        return loader.getParent();
      }
    }

    public static ClassLoader plainSubclass() {
      return new OfBytes().getParent();
    }

    public static ClassLoader secureSubclass() {
      return new OfSigned().getParent();
    }

    public static ClassLoader named() throws ClassNotFoundException {
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      return Class.forName(Found.class.getName(), false, context).getClassLoader();
    }

    public static ClassLoader serviceOfNobody() {
      return found(ServiceLoader.load(Callable.class, null));
    }

    public static ClassLoader serviceOfTheSystem() {
      return found(ServiceLoader.load(Callable.class, ClassLoader.getSystemClassLoader()));
    }

    public static ClassLoader serviceOfTheContext() {
      return found(ServiceLoader.load(Callable.class));
    }

    @SuppressWarnings("rawtypes")
    private static ClassLoader found(ServiceLoader<Callable> services) {
      return services.iterator().next().getClass().getClassLoader();
    }
  }

  /** A loader that inherits the static methods. */
  public static final class OfUrls extends URLClassLoader {
    OfUrls() {
      super(new URL[0]);
    }

    ClassLoader inherited() {
      return getSystemClassLoader();
    }
  }

  /** Calls the constructor that takes nothing. */
  public static final class OfBytes extends ClassLoader {}

  /** Calls that of another class. */
  public static final class OfSigned extends SecureClassLoader {}

  /** A loader that has one of the static methods itself. */
  public static final class OfItsOwn extends ClassLoader {
    public static @Nullable URL getSystemResource(String name) {
      return null;
    }

    public static @Nullable URL own() {
      return getSystemResource("found.txt");
    }
  }

  /** Names its parent, the boot loader. */
  public static final class OfTheBootLoader extends ClassLoader {
    OfTheBootLoader() {
      super(null);
    }

    public static ClassLoader parent() {
      return new OfTheBootLoader().getParent();
    }

    public static ClassLoader named() throws ClassNotFoundException {
      return Class.forName("java.lang.String", false, null).getClassLoader();
    }

    public static ClassLoader platform() {
      return ClassLoader.getPlatformClassLoader();
    }
  }

  /** Looks for resources. */
  public static final class Resources {

    private Resources() {}

    public static String one() {
      return String.valueOf(ClassLoader.getSystemResource("found.txt"));
    }

    public static String all() throws IOException {
      List<URL> all =
          new ArrayList<>(Collections.list(ClassLoader.getSystemResources("found.txt")));
      return all.toString();
    }

    public static String content() throws IOException {
      try (InputStream in = ClassLoader.getSystemResourceAsStream("found.txt")) {
        return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      }
    }
  }

  /** A service of the application. */
  public static final class Found implements Callable<String> {
    @Override
    public String call() {
      return "found";
    }
  }

  @BeforeEach
  void setUp() throws Exception {
    Path jar =
        new TestJar()
            .type(Found.class)
            .text("META-INF/services/java.util.concurrent.Callable", Found.class.getName())
            .text("found.txt", "content")
            .write(directory.resolve("app.jar"));
    application =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    Class<?> calls = Class.forName(CallsClass.NAME);
    var connect = calls.getDeclaredMethod("connect", BiFunction.class);
    connect.setAccessible(true);
    BiFunction<String, Object[], Object> receiver =
        (call, arguments) -> call.equals("loader") ? application : "unexpected " + call;
    connect.invoke(null, receiver);
    before = Thread.currentThread().getContextClassLoader();
    // As in a thread of the common pool.
    Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
  }

  @AfterEach
  void tearDown() throws Exception {
    Thread.currentThread().setContextClassLoader(before);
    application.close();
  }

  @TestFactory
  Stream<DynamicTest> leadsToTheApplications() {
    return Arrays.stream(Loaders.class.getDeclaredMethods())
        .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      setUp();
                      assertThat(call(Loaders.class, name)).isSameAs(application);
                      tearDown();
                    }));
  }

  @Test
  void leadsResourcesToTheApplications() throws Exception {
    String url = "jar:" + application.getURLs()[0] + "!/found.txt";
    assertThat(call(Resources.class, "one")).isEqualTo(url);
    assertThat(call(Resources.class, "all")).isEqualTo("[" + url + "]");
    assertThat(call(Resources.class, "content")).isEqualTo("content");
  }

  @Test
  void leavesTheBootAndThePlatformLoaderAlone() throws Exception {
    assertThat(call(OfTheBootLoader.class, "parent")).isNull();
    assertThat(call(OfTheBootLoader.class, "named")).isNull();
    assertThat(call(OfTheBootLoader.class, "platform"))
        .isSameAs(ClassLoader.getPlatformClassLoader());
  }

  @Test
  void leavesAStaticMethodOfTheSameNameAlone() throws Exception {
    assertThat(call(OfItsOwn.class, "own")).isNull();
  }

  private static Object call(Class<?> type, String method) throws Exception {
    return Class.forName(type.getName(), true, new Rewriting()).getMethod(method).invoke(null);
  }

  /** Defines the classes of this test anew, with their calls rewritten. */
  private static final class Rewriting extends ClassLoader {

    Rewriting() {
      super(SystemLoaderRewritingTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(SystemLoaderRewritingTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      Class<?> found = findLoadedClass(name);
      if (found != null) {
        return found;
      }
      byte[] original = TestJar.bytesOf(super.loadClass(name, false));
      byte[] changed = CallRewriting.rewritten(original);
      byte[] bytes = changed == null ? original : changed;
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
