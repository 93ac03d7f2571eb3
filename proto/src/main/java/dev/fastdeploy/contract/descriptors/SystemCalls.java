package dev.fastdeploy.contract.descriptors;

import java.nio.ByteBuffer;

/** The native library, in {@code proto/src/native}, loaded by this class. */
final class SystemCalls implements Kernel {

  @Override
  public void load(String library) {
    System.load(library);
  }

  @Override
  public native long address(ByteBuffer buffer);

  @Override
  public native long call(long number, long a, long b, long c, long d, long e, long f);
}
