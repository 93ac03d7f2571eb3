package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.agent.testing.Certificates;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refused certificate is in the audit, an accepted one is not: its calls are. */
class AuditedTrustTest {

  private @TempDir Path directory;
  private final List<String> lines = new ArrayList<>();
  private final AuditTrail trail =
      new AuditTrail(() -> Instant.EPOCH, () -> 0, lines::add, (delay, task) -> {});

  @Test
  void aCertificateOfAnotherAuthorityIsAudited() throws Exception {
    Certificates certificates = new Certificates(directory);
    TlsFiles known = certificates.selfSigned("known", "CN=pipeline", "dns:pipeline");
    TlsFiles stranger = certificates.selfSigned("stranger", "CN=mallory", "dns:mallory");
    X509ExtendedTrustManager trust = new AuditedTrust(trusting(known), trail);

    trust.checkClientTrusted(chain(known), "EC");
    assertThat(lines).isEmpty();
    assertThatThrownBy(() -> trust.checkClientTrusted(chain(stranger), "EC"))
        .isInstanceOf(CertificateException.class);

    assertThat(lines)
        .containsExactly(
            "audit time=1970-01-01T00:00:00Z peer=- identity=refused-cert:mallory"
                + " call=tls-handshake deploy=- commit=- decision=unauthenticated:untrusted");
  }

  @Test
  void aCertificateThatIsNotForClientsIsCalledThat() throws Exception {
    Certificates certificates = new Certificates(directory);
    TlsFiles server =
        certificates.withExtensions(
            "s", "CN=shop", Certificates.purpose(KeyPurposeId.id_kp_serverAuth));
    TlsFiles signs =
        certificates.withExtensions("k", "CN=ca", Certificates.usage(KeyUsage.keyCertSign));
    TlsFiles any =
        certificates.withExtensions(
            "a",
            "CN=any",
            Certificates.purpose(KeyPurposeId.anyExtendedKeyUsage),
            Certificates.usage(KeyUsage.digitalSignature));
    // As the JDK does: only what it finds on the way to the authority is a cause.
    CertificateException ofItself = new CertificateException("Extended key usage does not permit");
    CertificateException ofTheWay =
        new CertificateException(new CertPathBuilderException("unable to find valid path"));

    assertThat(AuditedTrust.why(chain(server), ofItself)).isEqualTo("not-for-clients");
    assertThat(AuditedTrust.why(chain(signs), ofItself)).isEqualTo("not-for-clients");
    assertThat(AuditedTrust.why(chain(any), ofItself)).isEqualTo("untrusted");
    assertThat(AuditedTrust.why(chain(server), ofTheWay)).isEqualTo("untrusted");
    assertThat(AuditedTrust.why(chain(server), new CertificateNotYetValidException()))
        .isEqualTo("not-yet-valid");
    assertThat(AuditedTrust.why(chain(server), new CertificateExpiredException()))
        .isEqualTo("expired");
  }

  private static X509ExtendedTrustManager trusting(TlsFiles authority) throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("authority", chain(authority)[0]);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(known);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  private static X509Certificate[] chain(TlsFiles files) throws Exception {
    byte[] pem = Files.readAllBytes(files.certificate());
    return new X509Certificate[] {
      (X509Certificate)
          CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem))
    };
  }
}
