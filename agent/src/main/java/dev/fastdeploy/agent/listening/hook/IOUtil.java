package dev.fastdeploy.agent.listening.hook;

import java.io.FileDescriptor;

/** Stands for {@code sun.nio.ch.IOUtil}. */
final class IOUtil {

  private IOUtil() {}

  static native int fdVal(FileDescriptor fd);
}
