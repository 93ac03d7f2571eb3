package dev.fastdeploy.e2e;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates that are valid for as long as a test wants; all as PEM files. */
final class Authority {

  private static final AtomicLong SERIAL = new AtomicLong(System.currentTimeMillis());
  private static final Duration LONG = Duration.ofHours(1);

  private final Path directory;
  private final String name;
  private final KeyPair keys;
  private final Path certificate;

  /**
   * @param directory where the files are put
   * @param name begins their names
   */
  Authority(Path directory, String name)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    this.directory = directory;
    this.name = name;
    this.keys = newKeys();
    this.certificate = pem(name, "CERTIFICATE", signed(subject(name), keys, LONG, true));
  }

  /** A certificate and its key. */
  record Identity(Path certificate, Path key) {}

  /** The authority's own certificate, which others trust. */
  Path certificate() {
    return certificate;
  }

  /**
   * Signs a certificate, which is also for {@code localhost} and 127.0.0.1.
   *
   * @param validFor from now on; negative for one that has expired
   */
  Identity sign(String subject, Duration validFor)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair own = newKeys();
    String file = name + "-" + subject + "-" + SERIAL.get();
    return new Identity(
        pem(file + "-cert", "CERTIFICATE", signed(subject(subject), own, validFor, false)),
        pem(file + "-key", "PRIVATE KEY", own.getPrivate().getEncoded()));
  }

  private static X500Name subject(String name) {
    return new X500Name("CN=" + name);
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  @SuppressWarnings("JavaUtilDate") // The library's interface.
  private byte[] signed(X500Name subject, KeyPair subjectKeys, Duration validFor, boolean authority)
      throws OperatorCreationException, CertIOException, IOException {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject(name),
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(now.minus(LONG)),
            Date.from(now.plus(validFor)),
            subject,
            subjectKeys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
    return builder
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
        .getEncoded();
  }

  private Path pem(String file, String kind, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        directory.resolve(file + ".pem"),
        "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
