package dev.fastdeploy.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Receives the calls of an application to {@link Runtime} and {@link System} that the strategy
 * {@code module} redirects if it was prepared. There may be several releases in one JVM, and the
 * end of the JVM, its shutdown hooks and the loader of the class path belong to the release that
 * asks. Each method does for that release what the JDK's does.
 *
 * <p>Loaded by the system loader, and the only class of it that an application in a module sees.
 * Bytecode refers to the methods by name: see {@code CallRewriting}.
 */
public final class ApplicationCalls {

  private static volatile @Nullable BiFunction<String, Object[], Object> receiver;

  private ApplicationCalls() {}

  /** Sets the receiver of the calls. It is in the payload, hence a function of JDK types. */
  static void connect(BiFunction<String, Object[], Object> calls) {
    receiver = calls;
  }

  /**
   * Passes a call to the receiver.
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

  /** Replaces {@link Runtime#addShutdownHook}. */
  public static void addShutdownHook(Runtime runtime, Thread hook, Class<?> caller) {
    tell("addShutdownHook", hook, caller);
  }

  /** Replaces {@link Runtime#removeShutdownHook}. */
  public static boolean removeShutdownHook(Runtime runtime, Thread hook, Class<?> caller) {
    return (Boolean) tell("removeShutdownHook", hook, caller);
  }

  /** Replaces {@link System#exit}. */
  public static void exit(int code, Class<?> caller) {
    tell("exit", code, caller);
    throw new ReplacedCodeError();
  }

  /** Replaces {@link Runtime#exit}. */
  public static void exit(Runtime runtime, int code, Class<?> caller) {
    exit(code, caller);
  }

  /**
   * Replaces {@link ClassLoader#getSystemClassLoader} and returns the loader of the caller's
   * release.
   */
  public static ClassLoader getSystemClassLoader(Class<?> caller) {
    return (ClassLoader) tell("loader", caller);
  }

  /** Replaces {@link ClassLoader#getSystemResource}. */
  public static @Nullable URL getSystemResource(String name, Class<?> caller) {
    return getSystemClassLoader(caller).getResource(name);
  }

  /** Replaces {@link ClassLoader#getSystemResources}. */
  public static Enumeration<URL> getSystemResources(String name, Class<?> caller)
      throws IOException {
    return getSystemClassLoader(caller).getResources(name);
  }

  /** Replaces {@link ClassLoader#getSystemResourceAsStream}. */
  public static @Nullable InputStream getSystemResourceAsStream(String name, Class<?> caller) {
    return getSystemClassLoader(caller).getResourceAsStream(name);
  }

  /** Returns the loader that {@code ServiceLoader.load} with one argument loads from. */
  public static ClassLoader contextLoader(Class<?> caller) {
    return orSystemLoader(Thread.currentThread().getContextClassLoader(), caller);
  }

  /** Replaces an argument that names the system loader, either itself or as null. */
  public static ClassLoader orSystemLoader(@Nullable ClassLoader given, Class<?> caller) {
    ClassLoader loader = insteadOfSystemLoader(given, caller);
    return loader == null ? getSystemClassLoader(caller) : loader;
  }

  /** Replaces an argument that may be the system loader. Null is the boot loader, and stays. */
  public static @Nullable ClassLoader insteadOfSystemLoader(
      @Nullable ClassLoader given, Class<?> caller) {
    return given == ClassLoader.getSystemClassLoader() ? getSystemClassLoader(caller) : given;
  }

  /** Replaces {@link Runtime#halt}. */
  public static void halt(Runtime runtime, int code, Class<?> caller) {
    tell("halt", code, caller);
    throw new ReplacedCodeError();
  }
}
