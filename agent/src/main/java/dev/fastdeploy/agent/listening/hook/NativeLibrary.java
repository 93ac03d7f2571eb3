package dev.fastdeploy.agent.listening.hook;

/** Stands for {@code jdk.internal.loader.NativeLibrary}. */
final class NativeLibrary {

  private NativeLibrary() {}
}
