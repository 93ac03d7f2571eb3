package dev.fastdeploy.agent.control;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * TLS by the JDK, with files that are read again when they change: certificates are short-lived.
 * gRPC's own managers would check the files too, but at most once a minute.
 */
final class EndpointTls implements Runnable {

  private static final int SESSION_SECONDS = 1;

  private final SslContext context;
  private final List<FileRefresh> refreshes;

  private EndpointTls(SslContext context, List<FileRefresh> refreshes) {
    this.context = context;
    this.refreshes = refreshes;
  }

  /**
   * Reads the files for the first time.
   *
   * @param trail receives the clients whose certificates are refused
   * @param own receives the certificate of the endpoint
   * @throws IOException if one cannot be read or used, with a message for the user
   */
  static EndpointTls of(
      TlsFiles files, AuditTrail trail, AtomicReference<@Nullable X509Certificate> own)
      throws IOException {
    NettyNatives.ruleOutTls();
    List<FileRefresh> refreshes = new ArrayList<>();
    SslContextBuilder builder =
        SslContextBuilder.forServer(keyManager(files, refreshes, own))
            .protocols("TLSv1.3", "TLSv1.2")
            // A resumed session is not verified again, although the authorities may have changed.
            .sessionTimeout(SESSION_SECONDS);
    Path authority = files.authority();
    if (authority != null) {
      builder.trustManager(new AuditedTrust(trustManager(authority, refreshes), trail));
      // Not required: the health check is open to all, and a token may replace a certificate.
      // AccessInterceptor refuses every other call that has neither.
      builder.clientAuth(ClientAuth.OPTIONAL);
    }
    return new EndpointTls(GrpcSslContexts.configure(builder, SslProvider.JDK).build(), refreshes);
  }

  SslContext context() {
    return context;
  }

  /** Reads the files again if they have changed. */
  @Override
  public void run() {
    refreshes.forEach(FileRefresh::run);
  }

  private static AdvancedTlsX509KeyManager keyManager(
      TlsFiles files, List<FileRefresh> refreshes, AtomicReference<@Nullable X509Certificate> own)
      throws IOException {
    AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
    FileRefresh refresh =
        new FileRefresh(
            "the certificate '"
                + files.certificate()
                + "' with its key '"
                + files.key()
                + "' (PEM, PKCS#8)",
            List.of(files.certificate(), files.key()),
            () -> {
              manager.updateIdentityCredentials(files.certificate().toFile(), files.key().toFile());
              own.set(first(files.certificate()));
            });
    refresh.first();
    refreshes.add(refresh);
    return manager;
  }

  private static X509Certificate first(Path chain) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(chain)) {
      return CertificateUtils.getX509Certificates(in)[0];
    }
  }

  private static AdvancedTlsX509TrustManager trustManager(
      Path authority, List<FileRefresh> refreshes) throws IOException {
    try {
      AdvancedTlsX509TrustManager manager =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(
                  AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
              .build();
      FileRefresh refresh =
          new FileRefresh(
              "the certificates '" + authority + "' (PEM)",
              List.of(authority),
              () -> manager.updateTrustCredentials(authority.toFile()));
      refresh.first();
      refreshes.add(refresh);
      return manager;
    } catch (CertificateException failure) {
      throw new IOException("a trust manager cannot be made", failure);
    }
  }
}
