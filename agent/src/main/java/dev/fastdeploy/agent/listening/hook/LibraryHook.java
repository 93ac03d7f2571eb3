package dev.fastdeploy.agent.listening.hook;

import java.io.File;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Becomes {@code java.lang.FastdeployLibraries}, which {@link Runtime} calls instead of {@code
 * ClassLoader} to load a native library. Netty's transports come with one, so their classes can be
 * changed just before it is loaded, and nothing has to look at each class that a service loads.
 */
public final class LibraryHook implements BiFunction<String, Object[], @Nullable Object> {

  private static volatile @Nullable BiFunction<String, Object[], @Nullable Object> receiver;

  /** Called by reflection. */
  public LibraryHook() {}

  /** Replaces {@code ClassLoader.loadLibrary}. */
  static NativeLibrary loadLibrary(Class<?> from, File file) {
    tell(from, file.getName());
    return Libraries.loadLibrary(from, file);
  }

  /** Replaces {@code ClassLoader.loadLibrary}. */
  static NativeLibrary loadLibrary(Class<?> from, String name) {
    tell(from, name);
    return Libraries.loadLibrary(from, name);
  }

  private static void tell(Class<?> from, String name) {
    BiFunction<String, Object[], @Nullable Object> told = receiver;
    try {
      if (told != null && name.contains("netty_transport_native")) {
        Object unused = told.apply("library", new Object[] {from});
      }
    } catch (Throwable failed) {
      // The library is loaded all the same.
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Object apply(String call, Object[] arguments) {
    receiver = (BiFunction<String, Object[], @Nullable Object>) arguments[0];
    return null;
  }
}
