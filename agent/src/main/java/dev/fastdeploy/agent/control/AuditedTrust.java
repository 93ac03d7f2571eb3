package dev.fastdeploy.agent.control;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Gives a client whose certificate is refused its audit line: the connection ends before there is a
 * call that could get one. The name in such a certificate proves nothing. Thread-safe.
 */
final class AuditedTrust extends X509ExtendedTrustManager {

  private static final int DEEPEST_CAUSE = 20;

  private final X509ExtendedTrustManager decides;
  private final AuditTrail trail;

  AuditedTrust(X509ExtendedTrustManager decides, AuditTrail trail) {
    this.decides = decides;
    this.trail = trail;
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private void audited(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException refused) {
      audit(chain, refused);
      throw refused;
    }
  }

  private void audit(X509Certificate[] chain, CertificateException refused) {
    List<String> names = chain.length == 0 ? List.of() : CertificateNames.of(chain[0]);
    String shown = "refused-cert:" + (names.isEmpty() ? "-" : names.get(0));
    // The handshake does not know where the client is.
    new CallAudit(trail, "-", "-", shown, "tls-handshake")
        .refused("unauthenticated:" + (hasExpired(refused) ? "expired" : "untrusted"));
  }

  private static boolean hasExpired(Throwable refused) {
    Throwable cause = refused;
    for (int i = 0; cause != null && i < DEEPEST_CAUSE; i++) {
      if (cause instanceof CertificateExpiredException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    audited(chain, () -> decides.checkClientTrusted(chain, authType, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    audited(chain, () -> decides.checkClientTrusted(chain, authType, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    audited(chain, () -> decides.checkClientTrusted(chain, authType));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    decides.checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    decides.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    decides.checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return decides.getAcceptedIssuers();
  }
}
