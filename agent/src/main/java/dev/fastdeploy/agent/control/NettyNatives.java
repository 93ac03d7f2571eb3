package dev.fastdeploy.agent.control;

import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.util.function.BooleanSupplier;

/**
 * Keeps two things of Netty's out of the service's JVM. Native libraries: there are none to find,
 * and since JDK 24 the JVM warns of the search itself, in the service's log (JEP 472). Flight
 * Recorder events: declaring one starts the recorder's machinery, which costs some megabytes of
 * classes and a tenth of a second.
 *
 * <p>Netty can be configured by system properties only. An application may have the same shaded
 * copy, which reads the same properties, so they are set only while the classes that read them are
 * initialised.
 */
final class NettyNatives {

  private static final String SHADED = "io.grpc.netty.shaded.io.netty.";

  private NettyNatives() {}

  /** Must run before anything of gRPC's Netty transport is used. */
  static void ruleOutTransport() {
    decide(SHADED + "jfr.enabled", "false", PlatformDependent::isJfrEnabled);
    decide(SHADED + "transport.noNative", "true", Epoll::isAvailable);
  }

  /** Must run before anything of Netty's TLS is used. */
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
