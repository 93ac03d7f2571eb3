package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.Diagnostics;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * TLS by the JDK, with files that are read again when they change: certificates are short-lived.
 */
final class EndpointTls {

  private EndpointTls() {}

  /**
   * The context of an endpoint.
   *
   * @param period how often the files are looked at
   * @throws IOException if a file cannot be read or used, with a message for the user
   */
  static SslContext context(TlsFiles files, Duration period, ScheduledExecutorService scheduler)
      throws IOException {
    NettyNatives.ruleOutTls();
    SslContextBuilder builder =
        SslContextBuilder.forServer(keyManager(files, period, scheduler))
            .protocols("TLSv1.3", "TLSv1.2");
    Path authority = files.authority();
    if (authority != null) {
      builder.trustManager(trustManager(authority, period, scheduler));
      // Not required: health is open to all, and a token may stand for a certificate. Every other
      // call without either is refused by AccessInterceptor.
      builder.clientAuth(ClientAuth.OPTIONAL);
    }
    return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
  }

  private static AdvancedTlsX509KeyManager keyManager(
      TlsFiles files, Duration period, ScheduledExecutorService scheduler) throws IOException {
    AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
    try {
      manager.updateIdentityCredentials(
          files.certificate().toFile(),
          files.key().toFile(),
          period.toMillis(),
          TimeUnit.MILLISECONDS,
          scheduler);
      return manager;
    } catch (IOException | GeneralSecurityException | RuntimeException failure) {
      throw new IOException(
          "the certificate '"
              + files.certificate()
              + "' or its key '"
              + files.key()
              + "' (PKCS#8, PEM) cannot be used: "
              + Diagnostics.reason(failure),
          failure);
    }
  }

  private static AdvancedTlsX509TrustManager trustManager(
      Path authority, Duration period, ScheduledExecutorService scheduler) throws IOException {
    try {
      AdvancedTlsX509TrustManager manager =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(
                  AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
              .build();
      manager.updateTrustCredentials(
          authority.toFile(), period.toMillis(), TimeUnit.MILLISECONDS, scheduler);
      return manager;
    } catch (IOException | GeneralSecurityException | RuntimeException failure) {
      throw new IOException(
          "the certificates '" + authority + "' cannot be used: " + Diagnostics.reason(failure),
          failure);
    }
  }
}
