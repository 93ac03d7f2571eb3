package dev.fastdeploy.contract.descriptors;

import java.nio.ByteBuffer;

/** The native library, in {@code proto/src/native}. Thread-safe. */
final class SystemCalls {

  private SystemCalls() {}

  /** Returns the address of a direct buffer's first byte. */
  static native long address(ByteBuffer buffer);

  /**
   * Makes a system call.
   *
   * @return what the kernel returns: the negative error number for a failure
   */
  static native long call(long number, long a, long b, long c, long d, long e, long f);
}
