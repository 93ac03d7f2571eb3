package dev.fastdeploy.agent.control;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Writes the audit line of a client whose certificate is refused: the connection ends before there
 * is a call that could have one. The name in such a certificate proves nothing. Thread-safe.
 */
final class AuditedTrust extends X509ExtendedTrustManager {

  private static final int DEEPEST_CAUSE = 20;

  /** RFC 5280, 4.2.1.12. */
  private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";

  private static final String FOR_ALL = "2.5.29.37.0";

  /** RFC 5280, 4.2.1.3. */
  private static final int DIGITAL_SIGNATURE = 0;

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
    // The client's address is not known during the handshake.
    new CallAudit(trail, "-", "-", shown, "tls-handshake")
        .refused("unauthenticated:" + why(chain, refused));
  }

  /** Returns one word for the audit. Each word stands for a different mistake to look for. */
  static String why(X509Certificate[] chain, CertificateException refused) {
    if (isCausedBy(refused, CertificateExpiredException.class)) {
      return "expired";
    } else if (isCausedBy(refused, CertificateNotYetValidException.class)) {
      return "not-yet-valid";
    }
    // The purpose of a certificate is checked only after its signatures have led to the authority.
    boolean signed =
        !isCausedBy(refused, CertPathValidatorException.class)
            && !isCausedBy(refused, CertPathBuilderException.class);
    return signed && chain.length > 0 && !isForClients(chain[0]) ? "not-for-clients" : "untrusted";
  }

  private static boolean isForClients(X509Certificate certificate) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      boolean[] usage = certificate.getKeyUsage();
      return (purposes == null || purposes.contains(FOR_CLIENTS) || purposes.contains(FOR_ALL))
          && (usage == null || usage[DIGITAL_SIGNATURE]);
    } catch (CertificateParsingException unreadable) {
      return true;
    }
  }

  private static boolean isCausedBy(Throwable refused, Class<? extends Throwable> kind) {
    Throwable cause = refused;
    for (int i = 0; cause != null && i < DEEPEST_CAUSE; i++) {
      if (kind.isInstance(cause)) {
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
