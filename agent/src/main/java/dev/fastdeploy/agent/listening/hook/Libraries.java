package dev.fastdeploy.agent.listening.hook;

import java.io.File;

/** Stands for {@code java.lang.ClassLoader}. */
final class Libraries {

  private Libraries() {}

  static native NativeLibrary loadLibrary(Class<?> from, File file);

  static native NativeLibrary loadLibrary(Class<?> from, String name);
}
