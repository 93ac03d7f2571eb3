package dev.fastdeploy.agent.testing;

import dev.fastdeploy.agent.control.TlsFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates that sign themselves, as PEM files. */
public final class Certificates {

  private static final AtomicLong SERIAL = new AtomicLong();

  private final Path directory;

  public Certificates(Path directory) {
    this.directory = directory;
  }

  /** Adds to a certificate what it says beside its subject. */
  @FunctionalInterface
  public interface Extensions {
    void addTo(X509v3CertificateBuilder builder) throws IOException;
  }

  /** A name of another kind than the subject, such as {@code dns:localhost} or {@code uri:…}. */
  public static Extensions alternativeName(String name) {
    int kind =
        name.startsWith("dns:") ? GeneralName.dNSName : GeneralName.uniformResourceIdentifier;
    GeneralName value = new GeneralName(kind, name.substring(name.indexOf(':') + 1));
    return builder ->
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(value));
  }

  /** Alternative names that nobody can read: the bytes are not DER. */
  public static Extensions alternativeNameOf(byte[] bytes) {
    return builder -> builder.addExtension(Extension.subjectAlternativeName, false, bytes);
  }

  /** What the key may be used for, as a purpose. */
  public static Extensions purpose(KeyPurposeId purpose) {
    return builder ->
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
  }

  /** What the key may be used for, as bits of {@link KeyUsage}. */
  public static Extensions usage(int bits) {
    return builder -> builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
  }

  /** A key with its self-signed certificate, which is also who signs it. */
  public TlsFiles selfSigned(String alias, String subject, String alternativeName)
      throws Exception {
    return withExtensions(alias, subject, alternativeName(alternativeName));
  }

  /** The same with other extensions. */
  public TlsFiles withExtensions(String alias, String subject, Extensions... extensions)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    Path certificate = directory.resolve(alias + ".crt");
    Path key = directory.resolve(alias + ".key");
    write(certificate, "CERTIFICATE", signed(subject, keys, List.of(extensions)));
    write(key, "PRIVATE KEY", keys.getPrivate().getEncoded());
    return new TlsFiles(certificate, key, null);
  }

  @SuppressWarnings("JavaUtilDate") // The library's interface.
  private static byte[] signed(String subject, KeyPair keys, List<Extensions> extensions)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    Instant now = Instant.now();
    X500Name name = new X500Name(subject);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(2))),
            name,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    for (Extensions extension : extensions) {
      extension.addTo(builder);
    }
    return builder
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
        .getEncoded();
  }

  private static void write(Path file, String kind, byte[] content) throws IOException {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }
}
