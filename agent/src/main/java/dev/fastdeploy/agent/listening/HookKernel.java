package dev.fastdeploy.agent.listening;

import dev.fastdeploy.contract.descriptors.Kernel;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The native functions of the class beside the JDK's sockets. */
record HookKernel(BiFunction<String, Object[], @Nullable Object> hook) implements Kernel {

  @Override
  public void load(String library) {
    Object unused = hook.apply("load", new Object[] {library});
  }

  @Override
  public long address(ByteBuffer buffer) {
    return number("address", buffer);
  }

  @Override
  public long call(long number, long a, long b, long c, long d, long e, long f) {
    return number("call", new long[] {number, a, b, c, d, e, f});
  }

  private long number(String call, Object argument) {
    Object result = hook.apply(call, new Object[] {argument});
    return result == null ? -1 : (Long) result;
  }
}
