package dev.fastdeploy.agent.control;

import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.util.function.BooleanSupplier;

/**
 * Keeps Netty from what the service's JVM should not have for its sake. Native libraries: it would
 * find none, and since JDK 24 the JVM warns of the look itself, in the service's log (JEP 472).
 * Events of the Flight Recorder: to declare one starts the recorder's machinery, some megabytes of
 * classes and a tenth of a second.
 *
 * <p>Netty can be told by system properties alone. They are those of the shaded copy that an
 * application may have too, so they are set only while the classes that read them are initialised.
 */
final class NettyNatives {

  private static final String SHADED = "io.grpc.netty.shaded.io.netty.";

  private NettyNatives() {}

  /** Before anything of gRPC's Netty transport is used. */
  static void ruleOutTransport() {
    decide(SHADED + "jfr.enabled", "false", PlatformDependent::isJfrEnabled);
    decide(SHADED + "transport.noNative", "true", Epoll::isAvailable);
  }

  /** Before anything of Netty's TLS is used. */
  static void ruleOutTls() {
    decide(SHADED + "handler.ssl.noOpenSsl", "true", OpenSsl::isAvailable);
  }

  private static void decide(String property, String value, BooleanSupplier availability) {
    String before = System.getProperty(property);
    System.setProperty(property, value);
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
