package dev.fastdeploy.contract.descriptors;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The native functions of a class that only shares types of the JDK with this one: it is in another
 * class loader, and called by the names {@code load}, {@code address} and {@code call}.
 *
 * @param receiver takes a name and the arguments; those of a system call are one array of numbers
 */
public record NamedCalls(BiFunction<String, Object[], @Nullable Object> receiver)
    implements Kernel {

  @Override
  public void load(String library) {
    Object unused = receiver.apply("load", new Object[] {library});
  }

  @Override
  public long address(ByteBuffer buffer) {
    return number("address", buffer);
  }

  @Override
  public long call(long number, long a, long b, long c, long d, long e, long f) {
    return number("call", new long[] {number, a, b, c, d, e, f});
  }

  private long number(String name, Object argument) {
    return (Long) Objects.requireNonNull(receiver.apply(name, new Object[] {argument}), name);
  }
}
