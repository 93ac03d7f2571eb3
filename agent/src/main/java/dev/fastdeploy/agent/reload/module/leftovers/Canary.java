package dev.fastdeploy.agent.reload.module.leftovers;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;

/**
 * A class loader that nobody holds, with a class, which is gone once the collector has unloaded
 * classes. A collection that does not unload it frees no old loader either, and a requested
 * collection may never take place.
 */
final class Canary {

  private final WeakReference<ClassLoader> loader;

  Canary() {
    this.loader = new WeakReference<>(new Cage());
  }

  boolean gone() {
    return loader.get() == null;
  }

  private static final class Cage extends ClassLoader {

    Cage() {
      super(ClassLoader.getPlatformClassLoader());
      byte[] bytes = bytes();
      defineClass(Song.class.getName(), bytes, 0, bytes.length);
    }

    private static byte[] bytes() {
      String name = Song.class.getName().replace('.', '/') + ".class";
      try (InputStream in = Song.class.getClassLoader().getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException(name + " is missing");
        }
        return in.readAllBytes();
      } catch (IOException unreadable) {
        throw new IllegalStateException(unreadable);
      }
    }
  }

  /** The class. */
  private static final class Song {}
}
