package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A static field of the JDK that an application may set for the whole JVM.
 *
 * @param owner the class that declares it
 * @param initial the class of the instance that it first holds; null if it first holds null
 */
record StaticDefault(String owner, String field, @Nullable String initial) {

  static final List<StaticDefault> ALL =
      List.of(
          of("java.lang.Thread", "defaultUncaughtExceptionHandler"),
          of("java.net.Authenticator", "theAuthenticator"),
          of("java.net.CookieHandler", "cookieHandler"),
          new StaticDefault(
              "java.net.ProxySelector", "theProxySelector", "sun.net.spi.DefaultProxySelector"),
          of("java.net.ResponseCache", "theResponseCache"),
          of("java.net.URL", "factory"),
          of("java.net.URLConnection", "factory"),
          of("java.net.URLConnection", "fileNameMap"),
          of("java.net.Socket", "factory"),
          of("java.net.ServerSocket", "factory"),
          of("java.net.DatagramSocket", "factory"),
          of("javax.net.ssl.SSLContext", "defaultContext"),
          new StaticDefault(
              "javax.net.ssl.HttpsURLConnection",
              "defaultHostnameVerifier",
              "javax.net.ssl.HttpsURLConnection$DefaultHostnameVerifier"),
          of("javax.net.ssl.HttpsURLConnection", "defaultSSLSocketFactory"),
          of("java.io.ObjectInputFilter$Config", "serialFilter"),
          of("java.io.ObjectInputFilter$Config", "serialFilterFactory"),
          of("javax.security.auth.login.Configuration", "configuration"),
          of("javax.naming.spi.NamingManager", "initctx_factory_builder"),
          of("javax.naming.spi.NamingManager", "object_factory_builder"),
          of("java.sql.DriverManager", "logWriter"),
          of("java.sql.DriverManager", "logStream"),
          of("java.rmi.server.RMISocketFactory", "factory"),
          of("java.rmi.server.RMISocketFactory", "handler"));

  private static StaticDefault of(String owner, String field) {
    return new StaticDefault(owner, field, null);
  }

  /** Returns its current value, or empty if its class is not initialised. */
  Optional<Object> value(JdkInternals jdk) throws InaccessibleException {
    return jdk.initialised(owner) && jdk.has(owner, field)
        ? Optional.ofNullable(jdk.readStatic(owner, field))
        : Optional.empty();
  }

  void set(JdkInternals jdk, Object value) throws InaccessibleException {
    jdk.write(owner, null, field, value);
  }

  /** Sets the value that a JVM starts with. */
  void reset(JdkInternals jdk) throws InaccessibleException {
    jdk.write(owner, null, field, initial == null ? null : jdk.create(initial));
  }

  @Override
  public String toString() {
    return owner + "." + field;
  }
}
