package dev.fastdeploy.agent.listening.hook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Becomes {@code io.netty.channel.unix.FastdeployListening}, which Netty's {@code Socket} of the
 * same package calls instead of its own native methods.
 */
public final class NettyHook implements BiFunction<String, Object[], @Nullable Object> {

  private static volatile @Nullable BiFunction<String, Object[], @Nullable Object> receiver;

  /** Called by reflection. */
  public NettyHook() {}

  /** Replaces the method of the same name; returns 0, or the negative number of an error. */
  static int bind(int fd, boolean ipv6, byte[] address, int scope, int port) {
    InetAddress named = named(address);
    if (named != null && Boolean.TRUE.equals(tell("bind", fd, named, port))) {
      return 0;
    }
    int result =
        (Integer)
            original(
                "bind",
                new Class<?>[] {int.class, boolean.class, byte[].class, int.class, int.class},
                fd,
                ipv6,
                address,
                scope,
                port);
    if (result < 0 && named != null) {
      tell("refused", named, port);
    }
    return result;
  }

  /** Replaces the method of the same name. */
  static int listen(int fd, int backlog) {
    Object longer = tell("listen", fd, backlog);
    return (Integer)
        original(
            "listen",
            new Class<?>[] {int.class, int.class},
            fd,
            longer == null ? backlog : (Integer) longer);
  }

  private static @Nullable InetAddress named(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (java.net.UnknownHostException ofAnotherFamily) {
      return null;
    }
  }

  private static Object original(String name, Class<?>[] types, Object... arguments) {
    try {
      Method method = Socket.class.getDeclaredMethod(name, types);
      method.setAccessible(true);
      return method.invoke(null, arguments);
    } catch (InvocationTargetException thrown) {
      throw new IllegalStateException(thrown.getCause());
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
  }

  private static @Nullable Object tell(String call, Object... arguments) {
    BiFunction<String, Object[], @Nullable Object> told = receiver;
    try {
      return told == null ? null : told.apply(call, arguments);
    } catch (Throwable failed) {
      return null;
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Object apply(String call, Object[] arguments) {
    receiver = (BiFunction<String, Object[], @Nullable Object>) arguments[0];
    return null;
  }
}
