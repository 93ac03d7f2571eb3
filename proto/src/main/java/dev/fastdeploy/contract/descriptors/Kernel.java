package dev.fastdeploy.contract.descriptors;

import java.nio.ByteBuffer;

/**
 * The native functions, in whichever class of the JVM they are loaded: a launcher has them in one
 * of its own, an agent in one of the JDK's base module, which may call native code on every JDK
 * without a warning (JEP 472). Thread-safe.
 */
public interface Kernel {

  /**
   * Loads the native library. Its class and the library stay as long as each other.
   *
   * @param library its absolute path
   * @throws UnsatisfiedLinkError if the JVM refuses
   */
  void load(String library);

  /** Returns the address of a direct buffer's first byte. */
  long address(ByteBuffer buffer);

  /**
   * Makes a system call.
   *
   * @return what the kernel returns: the negative error number for a failure
   */
  long call(long number, long a, long b, long c, long d, long e, long f);
}
