package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.Certificates;
import dev.fastdeploy.agent.testing.ControlClient;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.GetStatusRequest;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and mutual TLS with real certificates. */
class EndpointTlsTest {

  private @TempDir Path directory;
  private Certificates certificates;
  private TlsFiles server;

  @BeforeEach
  void setUp() throws Exception {
    certificates = new Certificates(directory);
    server = certificates.selfSigned("server", "CN=instance", "dns:localhost");
  }

  @Test
  void aCertificateOfTheAuthorityLetsIn() throws Exception {
    TlsFiles deployer = certificates.selfSigned("deployer", "CN=pipeline", "dns:pipeline");
    TlsFiles stranger = certificates.selfSigned("stranger", "CN=pipeline", "dns:pipeline");
    try (Endpoint endpoint =
            new Endpoint(
                Endpoint.loopback(null, null, mutual(deployer), Set.of("pipeline"), Set.of()));
        ControlClient right = client(endpoint, deployer, null);
        ControlClient wrong = client(endpoint, stranger, null);
        ControlClient none = client(endpoint, null, null);
        ControlClient plain = ControlClient.of(endpoint.address())) {
      assertThat(status(right)).isEqualTo(Status.Code.OK);
      assertThat(deploy(right)).isEqualTo(Status.Code.OK);
      assertThat(status(none)).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(status(wrong)).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status(plain)).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(
              Calls.code(
                  () ->
                      HealthGrpc.newBlockingStub(none.channel())
                          .check(HealthCheckRequest.getDefaultInstance())))
          .isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void aReadersCertificateOnlyReads() throws Exception {
    TlsFiles byCommonName = certificates.selfSigned("reader", "CN=dashboard", "dns:x");
    try (Endpoint endpoint =
            new Endpoint(
                Endpoint.loopback(
                    null, null, mutual(byCommonName), Set.of(), Set.of("dashboard")));
        ControlClient reader = client(endpoint, byCommonName, null)) {
      assertThat(status(reader)).isEqualTo(Status.Code.OK);
      assertThat(deploy(reader)).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThatThrownBy(() -> firstEvent(reader)).hasMessageContaining("cert:dashboard may only");
    }
    TlsFiles byAlternativeName =
        certificates.selfSigned("reader2", "CN=x", "uri:spiffe://example/dashboard");
    try (Endpoint endpoint =
            new Endpoint(
                Endpoint.loopback(
                    null,
                    null,
                    mutual(byAlternativeName),
                    Set.of("x"),
                    Set.of("spiffe://example/dashboard")));
        ControlClient reader = client(endpoint, byAlternativeName, null)) {
      assertThat(status(reader)).isEqualTo(Status.Code.OK);
      assertThat(deploy(reader)).isEqualTo(Status.Code.PERMISSION_DENIED);
    }
  }

  @Test
  void aTokenWorksOverTls() throws Exception {
    Path tokens = Endpoint.secret(directory.resolve("t"), "secret-1\n");
    try (Endpoint endpoint = new Endpoint(Endpoint.loopback(tokens, null, server));
        ControlClient right = client(endpoint, null, "secret-1");
        ControlClient wrong = client(endpoint, null, "secret-2");
        ControlClient none = client(endpoint, null, null)) {
      assertThat(status(right)).isEqualTo(Status.Code.OK);
      assertThat(status(wrong)).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(status(none)).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void aWrongTokenIsNotOutweighedByACertificate() throws Exception {
    TlsFiles deployer = certificates.selfSigned("deployer", "CN=pipeline", "dns:pipeline");
    Path tokens = Endpoint.secret(directory.resolve("t"), "secret-1\n");
    try (Endpoint endpoint = new Endpoint(Endpoint.loopback(tokens, null, mutual(deployer)));
        ControlClient client = client(endpoint, deployer, "secret-2")) {
      assertThat(status(client)).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void certificatesAreReadAgainWhenTheyChange() throws Exception {
    Path tokens = Endpoint.secret(directory.resolve("t"), "secret-1\n");
    try (Endpoint endpoint = new Endpoint(Endpoint.loopback(tokens, null, server))) {
      Path first = Files.copy(server.certificate(), directory.resolve("first.crt"));
      try (ControlClient client = trusting(endpoint, first)) {
        assertThat(status(client)).isEqualTo(Status.Code.OK);
      }

      TlsFiles renewed = certificates.selfSigned("renewed", "CN=instance", "dns:localhost");
      Files.copy(renewed.key(), server.key(), StandardCopyOption.REPLACE_EXISTING);
      Files.copy(renewed.certificate(), server.certificate(), StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(server.key(), FileTime.fromMillis(4_000_000_000_000L));
      Files.setLastModifiedTime(server.certificate(), FileTime.fromMillis(4_000_000_000_000L));

      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                try (ControlClient client = trusting(endpoint, renewed.certificate())) {
                  return status(client) == Status.Code.OK;
                }
              });
      try (ControlClient client = trusting(endpoint, first)) {
        assertThat(status(client)).isEqualTo(Status.Code.UNAVAILABLE);
      }
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamed() {
    Path missing = directory.resolve("missing.crt");
    TlsFiles broken = new TlsFiles(missing, server.key(), null);

    assertThatThrownBy(
            () -> new Endpoint(Endpoint.loopback(directory.resolve("t"), null, broken)).close())
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(
            () ->
                new Endpoint(
                        Endpoint.loopback(
                            Endpoint.secret(directory.resolve("t"), "x\n"), null, broken))
                    .close())
        .hasMessageContaining("the certificate '" + missing + "'");
  }

  private TlsFiles mutual(TlsFiles authority) {
    return new TlsFiles(server.certificate(), server.key(), authority.certificate());
  }

  private ControlClient client(
      Endpoint endpoint, @Nullable TlsFiles identity, @Nullable String token) throws Exception {
    SslContextBuilder builder =
        SslContextBuilder.forClient().trustManager(server.certificate().toFile());
    if (identity != null) {
      builder.keyManager(identity.certificate().toFile(), identity.key().toFile());
    }
    return ControlClient.withTls(endpoint.address(), built(builder), token);
  }

  private static ControlClient trusting(Endpoint endpoint, Path certificate) throws Exception {
    return ControlClient.withTls(
        endpoint.address(),
        built(SslContextBuilder.forClient().trustManager(certificate.toFile())),
        "secret-1");
  }

  private static SslContext built(SslContextBuilder builder) throws Exception {
    return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
  }

  private static Status.Code status(ControlClient client) {
    return Calls.code(() -> client.control().getStatus(GetStatusRequest.getDefaultInstance()));
  }

  private static Status.Code deploy(ControlClient client) {
    return Calls.code(() -> firstEvent(client));
  }

  private static DeployEvent firstEvent(ControlClient client) {
    return client
        .control()
        .deploy(
            DeployRequest.newBuilder().setDeployId("d1").setCommit("next").setSequence(5).build())
        .next();
  }
}
