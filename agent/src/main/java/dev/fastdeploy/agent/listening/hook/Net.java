package dev.fastdeploy.agent.listening.hook;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;

/** Stands for {@code sun.nio.ch.Net}. */
final class Net {

  private Net() {}

  static native void bind(ProtocolFamily family, FileDescriptor fd, InetAddress address, int port)
      throws IOException;

  static native void bind(FileDescriptor fd, InetAddress address, int port) throws IOException;

  static native void listen(FileDescriptor fd, int backlog) throws IOException;
}
