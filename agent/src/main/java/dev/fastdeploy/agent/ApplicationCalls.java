package dev.fastdeploy.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the code of an application calls where it was written to call {@link Runtime} or {@link
 * System}, if the strategy {@code module} was prepared: the end of the JVM and its hooks are a
 * matter of the release that asks, of which there may be several in one JVM, and so is the loader
 * of its class path. Each method does what the JDK's does, for that release.
 *
 * <p>Loaded by the system loader, and the only class of it that an application in a module sees.
 * Bytecode refers to the methods by name: see {@code CallRewriting}.
 */
public final class ApplicationCalls {

  private static volatile @Nullable BiFunction<String, Object[], Object> receiver;

  private ApplicationCalls() {}

  /** Sets what receives the calls: in the payload, so a function of JDK types. */
  static void connect(BiFunction<String, Object[], Object> calls) {
    receiver = calls;
  }

  /**
   * Tells the receiver of a call.
   *
   * @throws IllegalStateException if there is none, which means that nothing was prepared
   */
  static Object tell(String call, Object... arguments) {
    BiFunction<String, Object[], Object> calls = receiver;
    if (calls == null) {
      throw new IllegalStateException("the agent prepared nothing");
    }
    return calls.apply(call, arguments);
  }

  /** In place of {@link Runtime#addShutdownHook}. */
  public static void addShutdownHook(Runtime runtime, Thread hook, Class<?> caller) {
    tell("addShutdownHook", hook, caller);
  }

  /** In place of {@link Runtime#removeShutdownHook}. */
  public static boolean removeShutdownHook(Runtime runtime, Thread hook, Class<?> caller) {
    return (Boolean) tell("removeShutdownHook", hook, caller);
  }

  /** In place of {@link System#exit}. */
  public static void exit(int code, Class<?> caller) {
    tell("exit", code, caller);
    throw new ReplacedCodeError();
  }

  /** In place of {@link Runtime#exit}. */
  public static void exit(Runtime runtime, int code, Class<?> caller) {
    exit(code, caller);
  }

  /** In place of {@link ClassLoader#getSystemClassLoader}: the loader of the caller's release. */
  public static ClassLoader getSystemClassLoader(Class<?> caller) {
    return (ClassLoader) tell("loader", caller);
  }

  /** In place of {@link ClassLoader#getSystemResource}. */
  public static @Nullable URL getSystemResource(String name, Class<?> caller) {
    return getSystemClassLoader(caller).getResource(name);
  }

  /** In place of {@link ClassLoader#getSystemResources}. */
  public static Enumeration<URL> getSystemResources(String name, Class<?> caller)
      throws IOException {
    return getSystemClassLoader(caller).getResources(name);
  }

  /** In place of {@link ClassLoader#getSystemResourceAsStream}. */
  public static @Nullable InputStream getSystemResourceAsStream(String name, Class<?> caller) {
    return getSystemClassLoader(caller).getResourceAsStream(name);
  }

  /** What {@code ServiceLoader.load} with one argument loads from. */
  public static ClassLoader contextLoader(Class<?> caller) {
    return orSystemLoader(Thread.currentThread().getContextClassLoader(), caller);
  }

  /** For an argument that names the system loader by itself or by null. */
  public static ClassLoader orSystemLoader(@Nullable ClassLoader given, Class<?> caller) {
    ClassLoader loader = insteadOfSystemLoader(given, caller);
    return loader == null ? getSystemClassLoader(caller) : loader;
  }

  /** For an argument that may be the system loader; the boot loader is null. */
  public static @Nullable ClassLoader insteadOfSystemLoader(
      @Nullable ClassLoader given, Class<?> caller) {
    return given == ClassLoader.getSystemClassLoader() ? getSystemClassLoader(caller) : given;
  }

  /** In place of {@link Runtime#halt}. */
  public static void halt(Runtime runtime, int code, Class<?> caller) {
    tell("halt", code, caller);
    throw new ReplacedCodeError();
  }
}
