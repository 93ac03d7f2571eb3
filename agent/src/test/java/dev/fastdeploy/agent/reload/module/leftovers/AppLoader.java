package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Loads a small application as if it were one: apart from everything that the tests are made of.
 */
final class AppLoader extends URLClassLoader {

  AppLoader() {
    super(
        new URL[] {AppLoader.class.getProtectionDomain().getCodeSource().getLocation(), release()},
        ClassLoader.getPlatformClassLoader());
  }

  /** Where the entries of its services lie. */
  private static URL release() {
    try {
      return Path.of(System.getProperty("lab.release")).toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Runs an application on the calling thread, which has its loader meanwhile. */
  void run(String name) throws ReflectiveOperationException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(this);
    Class<?> app = loadClass("dev.fastdeploy.agent.reload.module.leftovers.app." + name);
    ((Runnable) app.getDeclaredConstructor().newInstance()).run();
    if (System.getProperties().remove("lab.keep.context") == null) {
      thread.setContextClassLoader(before);
    }
  }

  /** What its application is to a JVM that has left it. */
  static OldGeneration old(WeakReference<ClassLoader> loader) {
    return new OldGeneration(
        Objects.requireNonNull(loader.get()), Path.of(System.getProperty("lab.release")));
  }
}
