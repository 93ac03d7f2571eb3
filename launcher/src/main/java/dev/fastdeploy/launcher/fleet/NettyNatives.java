package dev.fastdeploy.launcher.fleet;

import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import java.util.function.BooleanSupplier;

/**
 * Keeps Netty from looking for native libraries. It would find none, and since JDK 24 the JVM warns
 * of the look itself, among the command's output (JEP 472).
 *
 * <p>Netty can be told by system properties alone. They are set only while the classes that read
 * them are initialised: who runs the command in a JVM of theirs may use the same copy.
 */
final class NettyNatives {

  private static final String SHADED = "io.grpc.netty.shaded.io.netty.";

  private NettyNatives() {}

  /** Before anything of gRPC's Netty transport is used. */
  static void ruleOutTransport() {
    decide(SHADED + "transport.noNative", Epoll::isAvailable);
  }

  /** Before anything of Netty's TLS is used. */
  static void ruleOutTls() {
    decide(SHADED + "handler.ssl.noOpenSsl", OpenSsl::isAvailable);
  }

  private static void decide(String property, BooleanSupplier availability) {
    String before = System.getProperty(property);
    System.setProperty(property, "true");
    try {
      var unused = availability.getAsBoolean();
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }
}
