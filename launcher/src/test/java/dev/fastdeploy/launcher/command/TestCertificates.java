package dev.fastdeploy.launcher.command;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
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

/** An authority and one certificate that it signed, as PEM files. */
public record TestCertificates(Path authority, Path certificate, Path key) {

  /** For {@code localhost}. */
  public static TestCertificates create(Path directory, String name)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    return create(directory, name, "localhost");
  }

  /**
   * @param host the one name that the certificate bears
   */
  static TestCertificates create(Path directory, String name, String host)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPair authorityKeys = keys();
    KeyPair keys = keys();
    X500Name issuer = new X500Name("CN=" + name + " authority");
    return new TestCertificates(
        pem(
            directory.resolve(name + "-ca.pem"),
            "CERTIFICATE",
            signed(issuer, issuer, authorityKeys, authorityKeys, host, true)),
        pem(
            directory.resolve(name + "-cert.pem"),
            "CERTIFICATE",
            signed(issuer, new X500Name("CN=" + host), keys, authorityKeys, host, false)),
        pem(directory.resolve(name + "-key.pem"), "PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  SslContext serverContext(boolean mutual) throws IOException {
    SslContextBuilder builder =
        GrpcSslContexts.configure(
            SslContextBuilder.forServer(certificate.toFile(), key.toFile()), SslProvider.JDK);
    if (mutual) {
      builder.trustManager(authority.toFile()).clientAuth(ClientAuth.REQUIRE);
    }
    return builder.build();
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  @SuppressWarnings("JavaUtilDate") // The library's interface.
  private static byte[] signed(
      X500Name issuer,
      X500Name subject,
      KeyPair keys,
      KeyPair issuerKeys,
      String host,
      boolean authority)
      throws OperatorCreationException, CertIOException, IOException {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(now.toEpochMilli() + (authority ? 0 : 1)),
            Date.from(now.minus(1, ChronoUnit.HOURS)),
            Date.from(now.plus(1, ChronoUnit.HOURS)),
            subject,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    return builder
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate()))
        .getEncoded();
  }

  private static Path pem(Path file, String kind, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
