package dev.fastdeploy.agent.listening.hook;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Becomes {@code sun.nio.ch.FastdeployListening}, which the JDK's listening sockets call instead of
 * {@code sun.nio.ch.Net}. As a class of the base module it may also load the native library on
 * every JDK without a warning, and an application's own native access stays as it was configured.
 *
 * <p>An instance is the way in from outside, with types that every class loader knows.
 */
public final class ListeningHook implements BiFunction<String, Object[], @Nullable Object> {

  private static volatile @Nullable BiFunction<String, Object[], @Nullable Object> receiver;

  /** Called by reflection. */
  public ListeningHook() {}

  /** Replaces {@code Net.bind}. */
  static void bind(ProtocolFamily family, FileDescriptor fd, InetAddress address, int port)
      throws IOException {
    if (adopted(fd, address, port)) {
      return;
    }
    try {
      Net.bind(family, fd, address, port);
    } catch (IOException refused) {
      tell("refused", address, port);
      throw refused;
    }
  }

  /** Replaces {@code Net.bind}. */
  static void bind(FileDescriptor fd, InetAddress address, int port) throws IOException {
    if (adopted(fd, address, port)) {
      return;
    }
    try {
      Net.bind(fd, address, port);
    } catch (IOException refused) {
      tell("refused", address, port);
      throw refused;
    }
  }

  /** Replaces {@code Net.listen}. */
  static void listen(FileDescriptor fd, int backlog) throws IOException {
    int descriptor = IOUtil.fdVal(fd);
    Object longer = tell("listen", descriptor, backlog);
    Net.listen(fd, longer == null ? backlog : (Integer) longer);
  }

  private static boolean adopted(FileDescriptor fd, InetAddress address, int port) {
    return Boolean.TRUE.equals(tell("bind", IOUtil.fdVal(fd), address, port));
  }

  /** Never fails: the service must bind its sockets whatever becomes of this. */
  private static @Nullable Object tell(String call, Object... arguments) {
    BiFunction<String, Object[], @Nullable Object> told = receiver;
    try {
      return told == null ? null : told.apply(call, arguments);
    } catch (Throwable failed) {
      return null;
    }
  }

  private static native long address(ByteBuffer buffer);

  private static native long call(long number, long a, long b, long c, long d, long e, long f);

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Object apply(String call, Object[] arguments) {
    return switch (call) {
      case "connect" -> connect((BiFunction<String, Object[], @Nullable Object>) arguments[0]);
      case "load" -> load((String) arguments[0]);
      case "address" -> address((ByteBuffer) arguments[0]);
      case "call" -> call((long[]) arguments[0]);
      default -> throw new IllegalArgumentException(call);
    };
  }

  private static boolean connect(BiFunction<String, Object[], @Nullable Object> told) {
    receiver = told;
    return true;
  }

  private static boolean load(String library) {
    System.load(library);
    return true;
  }

  private static long call(long[] numbers) {
    return call(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
  }
}
